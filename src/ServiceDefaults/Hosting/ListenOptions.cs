namespace Chitti.ServiceDefaults;

/// <summary>Who may reach a host.</summary>
public sealed class ListenOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Chitti";

    /// <summary>Whether the host may listen on addresses that other machines reach; false by default, since nobody signs in yet.</summary>
    public bool AllowRemote { get; set; }
}
