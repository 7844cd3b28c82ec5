namespace Orleans.Streaming.RabbitMQ;

/// <summary>
/// What a consumer threw, classified in the silo where it was thrown. Many exceptions can't be serialized, and would reach the
/// delivering silo as exceptions of the serializer.
/// </summary>
[GenerateSerializer, Alias("Orleans.Streaming.RabbitMQ.ConsumerException")]
internal sealed class ConsumerException : Exception
{
    public ConsumerException(Exception exception, bool isOutage) : base($"{exception.GetType().FullName}: {exception.Message}") =>
        (Details, IsOutage) = (exception.ToString(), isOutage);

    [Id(0)]
    public string Details { get; private set; }

    [Id(1)]
    public bool IsOutage { get; private set; }

    public override string ToString() => Details;
}
