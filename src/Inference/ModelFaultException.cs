namespace Chitti.Inference;

/// <summary>A model or its manifest can't be used; the message says what was found and what is supported.</summary>
public sealed class ModelFaultException : Exception
{
    /// <summary>Without a reason.</summary>
    public ModelFaultException()
    {
    }

    /// <summary>With a reason.</summary>
    public ModelFaultException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and its cause.</summary>
    public ModelFaultException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
