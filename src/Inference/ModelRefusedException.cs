namespace Chitti.Inference;

/// <summary>A model or its manifest can't be used; the message says what was seen and what is known.</summary>
public sealed class ModelRefusedException : Exception
{
    /// <summary>Without a reason.</summary>
    public ModelRefusedException()
    {
    }

    /// <summary>With a reason.</summary>
    public ModelRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and what lies behind it.</summary>
    public ModelRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
