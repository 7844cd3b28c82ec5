namespace Chitti.Imaging;

/// <summary>Colours that stand out against pictures of parts and from one another.</summary>
public enum AnnotationColour
{
    /// <summary>#D62728</summary>
    Red,

    /// <summary>#FF7F0E</summary>
    Orange,

    /// <summary>#F2C80F</summary>
    Yellow,

    /// <summary>#1F77B4</summary>
    Blue,

    /// <summary>#2CA02C</summary>
    Green,

    /// <summary>#7F7F7F</summary>
    Grey,
}
