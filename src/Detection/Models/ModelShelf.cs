namespace Chitti.Detection;

/// <summary>The models this process can run, read once at start.</summary>
public sealed class ModelShelf
{
    private readonly string _defaultId;

    /// <summary>Checks that the ids are unique and the default is present.</summary>
    /// <param name="models">At least the default one.</param>
    /// <param name="defaultId">Id of the model that is loaded at start, and that <c>inspect</c> runs if none is given.</param>
    /// <exception cref="ArgumentException">Two models share an id, or the default is not among them.</exception>
    public ModelShelf(IEnumerable<ModelEntry> models, string defaultId)
    {
        Models = [.. models.OrderBy(model => model.Description.Id, StringComparer.Ordinal)];
        _defaultId = defaultId;
        if (Models.CountBy(model => model.Description.Id, StringComparer.Ordinal).FirstOrDefault(pair => pair.Value > 1) is { Key: { } twice })
        {
            throw new ArgumentException($"Two models have the id '{twice}'; ids must differ.");
        }

        if (Find(defaultId) is null)
        {
            throw new ArgumentException(
                $"The default model '{defaultId}' is not among the models found: {string.Join(", ", Models.Select(model => model.Description.Id))}.");
        }
    }

    /// <summary>Every model, in the order of ids.</summary>
    public IReadOnlyList<ModelEntry> Models { get; }

    /// <summary>The model that is loaded at start.</summary>
    public ModelEntry Default => Find(_defaultId)!;

    /// <summary>The model that compares with references and finds what another finds without; null if there is none.</summary>
    /// <param name="id">Id of the other.</param>
    public ModelEntry? FindComparing(string id) => Models.FirstOrDefault(model => string.Equals(model.Description.Replaces, id, StringComparison.Ordinal));

    /// <summary>The model with the id; null if there is none.</summary>
    public ModelEntry? Find(string id) => Models.FirstOrDefault(model => string.Equals(model.Description.Id, id, StringComparison.Ordinal));
}
