namespace Orleans.Streaming.RabbitMQ;

/// <summary>The broker can't be reached, refuses the connection, or does not confirm.</summary>
public sealed class RabbitMqUnavailableException : IOException
{
    /// <summary>Creates it.</summary>
    public RabbitMqUnavailableException()
    {
    }

    /// <summary>Creates it.</summary>
    public RabbitMqUnavailableException(string message) : base(message)
    {
    }

    /// <summary>Creates it.</summary>
    public RabbitMqUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
