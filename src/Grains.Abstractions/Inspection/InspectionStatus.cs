namespace Chitti.Grains.Abstractions;

/// <summary>How an order to inspect an image ended.</summary>
[GenerateSerializer, Alias("chitti.inspection-status")]
public enum InspectionStatus
{
    /// <summary>The inspection is there.</summary>
    Inspected = 0,

    /// <summary>The bytes are not an image of a known format.</summary>
    UnknownFormat = 1,

    /// <summary>The image is over a limit of size or time.</summary>
    OverLimit = 2,

    /// <summary>The image is damaged.</summary>
    Unreadable = 3,

    /// <summary>The queue is full; try again.</summary>
    Busy = 4,

    /// <summary>The detector has no such model.</summary>
    UnknownModel = 5,

    /// <summary>There is no such object.</summary>
    Missing = 6,

    /// <summary>The engine failed on this image.</summary>
    Failed = 7,

    /// <summary>The model can't be run here now: its engine could not be made, or is stopping; try again.</summary>
    Unavailable = 8,

    /// <summary>The model that the order names does not find every class that the profile judges.</summary>
    UnfitModel = 9,
}
