namespace Chitti.ServiceDefaults;

/// <summary>A setting, or what it points to, has a fault that prevents the host from starting. The message names the setting.</summary>
public sealed class StartFaultException(string message, Exception? inner = null) : Exception(message, inner);
