namespace Chitti.Silo;

/// <summary>Words for the message about a database and objects that do not match.</summary>
/// <param name="Database">Where the database is, for display.</param>
/// <param name="Recover">The command line that recovers files.</param>
public sealed record PairingAdvice(string Database, string Recover);
