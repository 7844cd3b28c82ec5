using Chitti.Domain;

namespace Chitti.Reports;

/// <summary>What is shown beside the reference: an indication with its surroundings, or the whole image.</summary>
/// <param name="Caption">Its title.</param>
/// <param name="Indication">Null for the whole image.</param>
internal sealed record ComparisonView(string Caption, Indication? Indication);
