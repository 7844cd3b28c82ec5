namespace Chitti.Detection;

/// <summary>A reference of a profile can't be used. The message says which and why.</summary>
public sealed class ReferenceException(string message, Exception? inner = null) : Exception(message, inner);
