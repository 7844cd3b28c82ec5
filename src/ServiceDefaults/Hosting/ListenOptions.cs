namespace Chitti.ServiceDefaults;

/// <summary>Which addresses a host may listen on.</summary>
public sealed class ListenOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Chitti";

    /// <summary>Whether the host may listen on addresses that other machines can reach. False by default, because there is no authentication yet.</summary>
    public bool AllowRemote { get; set; }
}
