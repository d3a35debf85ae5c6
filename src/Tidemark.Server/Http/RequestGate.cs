using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tidemark.Server.Guarding;
using Tidemark.Server.Problems;
using Tidemark.Serving;

namespace Tidemark.Server.Http;

/// <summary>What every request goes through on its way: who sends it, from where, how much, what it asks; then the route has it.</summary>
internal sealed partial class RequestGate(ServedIndex service, HostGuard hosts, AuditTrail audit, ILogger<RequestGate> log)
{
    private const int MostParameterBytes = 1_000_000;

    /// <summary>What is under way when the server stops has so long; then it is told, and its connection is cut.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    /// <summary>What was told needs so long to arrive while its caller goes on sending.</summary>
    private static readonly TimeSpan Arrival = TimeSpan.FromMilliseconds(500);

    public Task HandleAsync(HttpContext context, ServiceRoute route) => TimedAsync(context, route, () => AnswerAsync(context, route));

    private async Task TimedAsync(HttpContext context, ServiceRoute route, Func<Task> answer)
    {
        var started = service.Clock.GetTimestamp();
        if (service.IsLeaving)
        {
            context.Response.Headers.Connection = "close"; // whoever keeps connections for later asks another server then
        }

        try
        {
            await answer();
        }
        finally
        {
            RequestLog.Write(log, context, route, service.Clock.GetElapsedTime(started));
        }
    }

    private async Task AnswerAsync(HttpContext context, ServiceRoute route)
    {
        SecurityHeaders.Set(context.Response.Headers);
        var caller = new Caller(null, AccessScope.None, []);
        Call? call = null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        using var stop = service.Stopping.Register(() => CancelSoon(limit));
        TidemarkException? failure = null;
        try
        {
            hosts.Check(context.Request);
            if (!route.IsUnlimited && !route.IsOperation)
            {
                limit.CancelAfter(service.Options.AnswerLimit);
            }

            caller = route.LetIn is { } own
                ? await own(context, service, limit.Token)
                : await service.Access.LetInAsync(context.Request, route.Scope, limit.Token);
            RequestContent.RequireUnpacked(context.Request);
            call = await OpenAsync(context, route, caller, limit.Token);
            await route.Handle(call);
        }
        catch (Exception e) when (IsGone(context, e))
        {
            // Nobody is left to tell; what was done is noted all the same.
        }
        catch (Exception e) when (Failure.Of(e, IsLate(limit), service.Options.AnswerLimit) is { } known)
        {
            failure = known;
            if (known.Kind == ErrorKind.Defect && known is not HttpProblem)
            {
                LogDefect(log, route.Name, context.TraceIdentifier, e);
            }

            await route.Refuse(context, known);
            await CutAsync(context, e);
        }

        if (route.Scope >= AccessScope.Write)
        {
            await audit.NoteAsync(context, route, caller, call, failure);
        }
    }

    /// <summary>A connection that ends in the middle of a request says so in one of several ways, some of them before the server notes it.</summary>
    private static bool IsGone(HttpContext context, Exception failure) =>
        failure is ConnectionResetException or ConnectionAbortedException
        || (failure is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested);

    private bool IsLate(CancellationTokenSource limit) => limit.IsCancellationRequested && !service.Stopping.IsCancellationRequested;

    private static void CancelSoon(CancellationTokenSource limit)
    {
        try
        {
            limit.CancelAfter(StopPatience);
        }
        catch (ObjectDisposedException)
        {
            // It was answered at this very moment.
        }
    }

    /// <summary>The server would wait for the rest of what is being sent, for longer than there is when it stops.</summary>
    private async Task CutAsync(HttpContext context, Exception failure)
    {
        if (failure is OperationCanceledException && service.Stopping.IsCancellationRequested)
        {
            await context.Response.CompleteAsync();
            await Task.Delay(Arrival, service.Clock, CancellationToken.None);
            context.Abort();
        }
    }

    /// <summary>For what answers by a protocol of its own: it is let in or not, and the answer is its own.</summary>
    public Task LetInAsync(HttpContext context, ServiceRoute route, Func<Task> answer) =>
        TimedAsync(context, route, () => LetInAndAnswerAsync(context, route, answer));

    private async Task LetInAndAnswerAsync(HttpContext context, ServiceRoute route, Func<Task> answer)
    {
        SecurityHeaders.Set(context.Response.Headers);
        try
        {
            hosts.Check(context.Request);
            var caller = await service.Access.LetInAsync(context.Request, route.Scope, context.RequestAborted);
            Require(caller, route, service.Options.Namespace ?? service.Index.Namespace);
            if (HttpMethods.IsPost(context.Request.Method))
            {
                RequestContent.RequireUnpacked(context.Request);
                RequestContent.Require(context.Request, "application/json");
            }
        }
        catch (TidemarkException e)
        {
            await ProblemWriter.WriteAsync(context, e);
            return;
        }

        await answer();
    }

    private async ValueTask<Call> OpenAsync(HttpContext context, ServiceRoute route, Caller caller, CancellationToken ended)
    {
        using var body = route.Body == RequestBody.Parameters ? await BodyAsync(context.Request, ended) : null;
        var arguments = new CallArguments([.. route.Parameters, CommonParameters.Namespace], context.Request.Query, body?.RootElement);
        var @namespace = NamespaceOf(arguments) ?? service.Options.Namespace ?? service.Index.Namespace;
        Require(caller, route, @namespace);
        return new Call(context, service, caller, arguments, ended)
        {
            Namespace = @namespace,
            Id = route.Path.EndsWith(ServiceRoute.Rest, StringComparison.Ordinal) ? DocumentPath.IdOf(context, route) : "",
            Patience = Preference.WaitOf(context.Request),
        };
    }

    private static void Require(Caller caller, ServiceRoute route, string @namespace)
    {
        if (!MayReach(caller, route, @namespace))
        {
            throw new HttpProblem(
                StatusCodes.Status403Forbidden,
                "access.scope",
                route.Reach == Reach.Store
                    ? $"the key '{caller.Key}' is good for some namespaces, and this reaches all of the store"
                    : $"the key '{caller.Key}' is not good for the namespace '{@namespace}'",
                "name another namespace ('namespace=NAME'), or send another key");
        }
    }

    private static bool MayReach(Caller caller, ServiceRoute route, string @namespace) => route.Scope == AccessScope.None || route.Reach switch
    {
        Reach.Own => true,
        Reach.Store => caller.Namespaces is null,
        _ => caller.MaySee(@namespace),
    };

    private static string? NamespaceOf(CallArguments arguments) => arguments.Text(CommonParameters.Namespace.Name) is not { } name ? null
        : name.Length is > 0 and <= 200 && !name.Any(char.IsControl) ? name
        : throw new TidemarkException(
            ErrorCodes.Usage, "'namespace' is empty, too long or has control characters", "choose a name of at most 200 printable characters");

    /// <returns>Null: there is none.</returns>
    private static async Task<JsonDocument?> BodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var content = await RequestContent.ReadAsync(request, MostParameterBytes, cancellationToken);
        if (content.IsEmpty)
        {
            return null;
        }

        RequestContent.Require(request, "application/json");
        var body = RequestContent.Parse(content);
        return body.RootElement.ValueKind == JsonValueKind.Object ? body : throw new TidemarkException(
            ErrorCodes.Usage, "the body is no JSON object", string.Create(CultureInfo.InvariantCulture, $"send {{\"name\":value}}"));
    }

    [LoggerMessage(1, LogLevel.Error, "'{Route}' failed, request {Request}", EventName = "defect")]
    private static partial void LogDefect(ILogger log, string route, string request, Exception failure);
}
