namespace Chitti.ServiceDefaults;

/// <summary>A setting, or what it points to, keeps the host from starting; the message names the setting.</summary>
public sealed class StartFaultException(string message, Exception? inner = null) : Exception(message, inner);
