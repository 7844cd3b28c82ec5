using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orleans.Streaming.RabbitMQ;

namespace Chitti.Cluster.Tests;

/// <summary>An event that can be serialized but not deserialized.</summary>
public sealed record UnreadableEvent(string Id);

[GenerateSerializer, Alias("tests.unreadable-event")]
public struct UnreadableSurrogate;

[RegisterConverter]
public sealed class UnreadableConverter : IConverter<UnreadableEvent, UnreadableSurrogate>
{
    public UnreadableSurrogate ConvertToSurrogate(in UnreadableEvent value) => default;

    public UnreadableEvent ConvertFromSurrogate(in UnreadableSurrogate surrogate) => throw new InvalidDataException("unreadable");
}

/// <summary>Records the dead letters that it receives, and handles each as the test says.</summary>
internal sealed class RecordingObserver(Func<DeadLetter, Task> before) : IDeadLetterObserver
{
    public ConcurrentQueue<DeadLetter> Letters { get; } = new();

    public async Task OnDeadLetterAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        await before(letter);
        Letters.Enqueue(letter);
    }
}

/// <summary>Records log messages.</summary>
internal sealed class RecordingLogs : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Entries { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Entries.Enqueue((logLevel, formatter(state, exception)));

    public void Dispose()
    {
    }
}
