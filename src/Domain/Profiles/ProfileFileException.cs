namespace Chitti.Domain;

/// <summary>A profile file can't be used.</summary>
public sealed class ProfileFileException(string message, Exception? inner = null) : Exception(message, inner);
