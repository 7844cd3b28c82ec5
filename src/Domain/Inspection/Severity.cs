namespace Chitti.Domain;

/// <summary>How bad a class of defect is. A larger value is worse.</summary>
[GenerateSerializer, Alias("chitti.severity")]
public enum Severity
{
    /// <summary>Of little consequence for use.</summary>
    Minor = 0,

    /// <summary>Likely to reduce usability.</summary>
    Major = 1,

    /// <summary>Likely to make the part fail or be unsafe.</summary>
    Critical = 2,
}
