namespace Orleans.Streaming.RabbitMQ;

/// <summary>The broker can't be reached, refuses the connection, or does not confirm a message.</summary>
[GenerateSerializer, Alias("Orleans.Streaming.RabbitMQ.RabbitMqUnavailableException")]
public sealed class RabbitMqUnavailableException : IOException
{
    /// <summary>Creates the exception with the default message.</summary>
    public RabbitMqUnavailableException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What could not be done, and why.</param>
    public RabbitMqUnavailableException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What could not be done, and why.</param>
    /// <param name="innerException">The exception of the RabbitMQ client.</param>
    public RabbitMqUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
