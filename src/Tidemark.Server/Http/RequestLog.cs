using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Tidemark.Server.Guarding;

namespace Tidemark.Server.Http;

/// <summary>A line for each request: which, as its route has it and with no id of a document or other word of the caller's, how it ended, how long it took.</summary>
internal static partial class RequestLog
{
    /// <summary>Whoever asked went away, as servers have said since nginx did.</summary>
    private const int Gone = 499;

    public static void Write(ILogger log, HttpContext context, ServiceRoute route, TimeSpan took)
    {
        var status = context.RequestAborted.IsCancellationRequested ? Gone : context.Response.StatusCode;
        var level = route.IsQuiet && status < StatusCodes.Status400BadRequest ? LogLevel.Debug : LogLevel.Information;
        if (!log.IsEnabled(level))
        {
            return;
        }

        var (method, milliseconds) = (MethodOf(context.Request.Method), Math.Round(took.TotalMilliseconds, 1));
        var path = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? route.Path;
        var key = context.Items[AccessGuard.KeyItem] as string ?? "nobody";
        LogAnswered(log, level, method, path, status, milliseconds, context.TraceIdentifier, key);
    }

    /// <summary>Anybody may send any word as a method.</summary>
    private static string MethodOf(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsPut(method) || HttpMethods.IsPost(method) || HttpMethods.IsDelete(method) || HttpMethods.IsHead(method)
        || HttpMethods.IsOptions(method) || HttpMethods.IsPatch(method) ? HttpMethods.GetCanonicalizedValue(method) : "OTHER";

    [LoggerMessage(EventId = 20, EventName = "request", SkipEnabledCheck = true, Message = "{Method} {Route} {Status} in {Milliseconds} ms, request {Request} of {Key}")]
    private static partial void LogAnswered(
        ILogger log, LogLevel level, string method, string route, int status, double milliseconds, string request, string key);
}
