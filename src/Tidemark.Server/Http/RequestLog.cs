using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Tidemark.Server.Guarding;

namespace Tidemark.Server.Http;

/// <summary>A line for each request: which, as its route has it and with no id of a document or other word of the caller's, how it ended, how long it took.</summary>
internal static class RequestLog
{
    /// <summary>Whoever asked went away, as servers have said since nginx did.</summary>
    private const int Gone = 499;

    private static readonly EventId Event = new(20, "request");

    private static readonly Action<ILogger, string, string, int, double, string, string, Exception?> LogAnswered =
        LoggerMessage.Define<string, string, int, double, string, string>(LogLevel.Information, Event, "{Method} {Route} {Status} in {Milliseconds} ms, request {Request} of {Key}");

    private static readonly Action<ILogger, string, string, int, double, string, string, Exception?> LogProbed =
        LoggerMessage.Define<string, string, int, double, string, string>(LogLevel.Debug, Event, "{Method} {Route} {Status} in {Milliseconds} ms, request {Request} of {Key}");

    public static void Write(ILogger log, HttpContext context, ServiceRoute route, TimeSpan took)
    {
        var status = context.RequestAborted.IsCancellationRequested ? Gone : context.Response.StatusCode;
        var write = route.IsQuiet && status < StatusCodes.Status400BadRequest ? LogProbed : LogAnswered;
        write(
            log,
            MethodOf(context.Request.Method),
            (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? route.Path,
            status,
            Math.Round(took.TotalMilliseconds, 1),
            context.TraceIdentifier,
            context.Items[AccessGuard.KeyItem] as string ?? "nobody",
            null);
    }

    /// <summary>Anybody may send any word as a method.</summary>
    private static string MethodOf(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsPut(method) || HttpMethods.IsPost(method) || HttpMethods.IsDelete(method) || HttpMethods.IsHead(method)
        || HttpMethods.IsOptions(method) || HttpMethods.IsPatch(method) ? HttpMethods.GetCanonicalizedValue(method) : "OTHER";
}
