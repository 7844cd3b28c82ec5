namespace Chitti.Grains.Abstractions;

/// <summary>How an order to inspect an image ended.</summary>
[GenerateSerializer, Alias("chitti.inspection-status")]
public enum InspectionStatus
{
    /// <summary>The image was inspected.</summary>
    Inspected = 0,

    /// <summary>The bytes are not an image in a supported format.</summary>
    UnknownFormat = 1,

    /// <summary>The image exceeds a limit of size or decoding time.</summary>
    OverLimit = 2,

    /// <summary>The image is damaged.</summary>
    Unreadable = 3,

    /// <summary>The queue is full, or too long for the caller's patience; try again.</summary>
    Busy = 4,

    /// <summary>The detector has no such model.</summary>
    UnknownModel = 5,

    /// <summary>The object does not exist.</summary>
    Missing = 6,

    /// <summary>The engine failed on this image.</summary>
    Failed = 7,

    /// <summary>The model can't run on this detector now, because its engine could not be created, is being loaded or is stopping; try again.</summary>
    Unavailable = 8,

    /// <summary>The model in the order lacks a class that the profile judges.</summary>
    UnfitModel = 9,

    /// <summary>The stored bytes differ from the uploaded ones.</summary>
    Altered = 10,

    /// <summary>The machine was too busy to decode the image in the time by the clock; try again, after other images.</summary>
    Interrupted = 11,
}
