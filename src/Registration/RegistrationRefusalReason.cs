namespace Chitti.Registration;

/// <summary>Why a picture was not registered.</summary>
public enum RegistrationRefusalReason
{
    /// <summary>A side of the picture or of every reference is too short to recognise anything.</summary>
    TooSmall,

    /// <summary>The picture, or every reference, shows too little structure to align.</summary>
    NoStructure,

    /// <summary>No reference fits.</summary>
    NotRecognised,

    /// <summary>A reference fits, but is rotated, scaled or sheared too much.</summary>
    OutsideLimits,

    /// <summary>A reference fits, but too little of it is inside the picture.</summary>
    TooLittleVisible,

    /// <summary>The part repeats itself, and several positions fit equally well.</summary>
    Ambiguous,
}
