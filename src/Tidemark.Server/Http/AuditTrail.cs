using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tidemark.Server.Guarding;
using Tidemark.Server.Problems;
using Tidemark.Serving;

namespace Tidemark.Server.Http;

/// <summary>Writes down who changed what, also what was refused. An entry names a document by a hash, so that what is forgotten is.</summary>
internal sealed partial class AuditTrail(TidemarkIndex index, TimeProvider clock, ILogger<AuditTrail> log)
{
    /// <summary>Where the id of the document stands among the items of a request that names none in its address.</summary>
    public static readonly object SubjectItem = new();

    /// <summary>What is done with a message of a broker.</summary>
    private const string TakeMessage = "takeMessage";

    public async Task NoteAsync(HttpContext context, ServiceRoute route, Caller caller, Call? call, TidemarkException? failure)
    {
        // Whoever has no key, or none that is good, is not written down: anybody could fill the store so.
        var key = caller.Key ?? context.Items[AccessGuard.KeyItem] as string;
        if (key is null && caller.Scope == AccessScope.None)
        {
            return;
        }

        try
        {
            var document = DocumentOf(context, route, call);
            await index.Audit.AppendAsync(
                new AuditEntry
                {
                    At = clock.GetUtcNow(),
                    KeyId = key,
                    Action = route.Name,
                    Namespace = call?.Namespace,
                    Subject = document is null ? null : await index.Audit.SubjectOfAsync(document, CancellationToken.None),
                    Status = failure is null ? context.Response.StatusCode : ProblemStatus.Of(failure),
                    RequestId = context.TraceIdentifier,
                },
                CancellationToken.None);
        }
        catch (TidemarkException e)
        {
            LogLost(log, route.Name, e);
        }
    }

    /// <summary>Messages that came another way than over HTTP, each as a request with its body would stand there. All of them are safe already.</summary>
    public async Task NoteAsync(string caller, IEnumerable<(string Namespace, string? Document, int Status)> messages)
    {
        try
        {
            var entries = new List<AuditEntry>();
            foreach (var (@namespace, document, status) in messages)
            {
                entries.Add(new AuditEntry
                {
                    At = clock.GetUtcNow(),
                    KeyId = caller,
                    Action = TakeMessage,
                    Namespace = @namespace,
                    Subject = document is null ? null : await index.Audit.SubjectOfAsync(document, CancellationToken.None),
                    Status = status,
                });
            }

            await index.Audit.AppendAllAsync(entries, CancellationToken.None);
        }
        catch (TidemarkException e)
        {
            LogLost(log, TakeMessage, e);
        }
    }

    /// <summary>Also of a request that was not let in.</summary>
    private static string? DocumentOf(HttpContext context, ServiceRoute route, Call? call)
    {
        try
        {
            return route.Path.EndsWith(ServiceRoute.Rest, StringComparison.Ordinal) ? DocumentPath.IdOf(context, route)
                : context.Items[SubjectItem] as string ?? call?.Arguments.Text("document");
        }
        catch (TidemarkException)
        {
            return null;
        }
    }

    [LoggerMessage(2, LogLevel.Error, "the audit entry of '{Route}' could not be written", EventName = "audit")]
    private static partial void LogLost(ILogger log, string route, Exception failure);
}
