using System.Diagnostics;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Chitti.Gateway;

/// <summary>
/// Problem documents for requests that the server refuses before they reach the pipeline, for example for a zero byte in the
/// path or a <c>Content-Length</c> that is no number. The server's own answer has no content, and no setting changes that. So its
/// diagnostic event is recorded, and the connection's middleware replaces the answer.
/// </summary>
internal static class ConnectionRules
{
    private const string Event = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    internal static void AddConnectionRules(this IServiceCollection services) => services.Configure<KestrelServerOptions>(kestrel =>
        kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => async connection =>
        {
            var rejection = new Rejection();
            connection.Features.Set(rejection);
            var transport = connection.Transport;
            connection.Transport = new Duplex(new AbandonedReader(transport.Input, connection.Features), new RejectionWriter(transport.Output, rejection));
            try
            {
                await next(connection);
            }
            finally
            {
                connection.Transport = transport;
            }
        })));

    internal static void UseConnectionRules(this IApplicationBuilder app) =>
        app.ApplicationServices.GetRequiredService<DiagnosticListener>().Subscribe(
            new Observer(app.ApplicationServices.GetRequiredService<TimeProvider>()), (name, _, _) => name == Event);

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Observer(TimeProvider time) : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            // A fault of the body is thrown to the code that reads it. Under TLS the answer is encrypted before it passes here.
            if (value.Value is IFeatureCollection features
                && features.Get<IBadRequestExceptionFeature>()?.Error is Microsoft.AspNetCore.Http.BadHttpRequestException fault
                && features.Get<IHttpResponseFeature>() is { HasStarted: false }
                && features.Get<ITlsConnectionFeature>() is null
                && features.Get<Rejection>() is { } rejection)
            {
                rejection.Set(features.Get<IHttpRequestFeature>(), fault, time.GetUtcNow());
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
