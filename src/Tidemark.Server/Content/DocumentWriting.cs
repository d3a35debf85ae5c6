using Microsoft.AspNetCore.Http;
using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Server.Http;
using Tidemark.Sources;
using Tidemark.Streaming;
using Tidemark.Syncing;

namespace Tidemark.Server.Content;

/// <summary>
/// One document put or deleted. What comes without a condition goes through the queue, so that it is safe as soon as it is answered and no
/// run is in its way. A condition can be decided by the write alone, so what has one is written at once.
/// </summary>
internal static class DocumentWriting
{
    private static readonly TimeSpan ConditionPatience = TimeSpan.FromSeconds(5);

    public static Task PutAsync(Call call) => OnceAsync(call, async () =>
    {
        var record = await DocumentRecord.ReadAsync(call, SourceOf(call));
        if (EntityTag.ExpectationOf(call.Context.Request) is not { } expected)
        {
            await EnqueueAsync(call, record);
            return;
        }

        var document = await DocumentRecord.DocumentAsync(record, call.Ended);
        await WriteAsync(call, options => call.Index.PutAsync(document, options, call.Ended), expected);
    });

    public static Task DeleteAsync(Call call) => OnceAsync(call, () => EntityTag.ExpectationOf(call.Context.Request) is { } expected
        ? WriteAsync(call, options => call.Index.DeleteAsync(call.Id, options, call.Ended), expected)
        : EnqueueAsync(call, DocumentRecord.Gone(SourceOf(call), call.Id)));

    private static Task OnceAsync(Call call, Func<Task> write) =>
        IdempotentWrite.RunAsync(call, write, status => AnswerAsync(call, isQueued: status == StatusCodes.Status202Accepted));

    private static string SourceOf(Call call) => call.Arguments.Name("source") ?? call.Options.SourceName;

    private static async Task WriteAsync(Call call, Func<WriteOptions, Task<SyncReport>> write, DocumentExpectation expected)
    {
        var report = await write(new WriteOptions
        {
            Expected = expected,
            SourceName = SourceOf(call),
            Namespace = call.Namespace,
            Wait = call.Patience ?? ConditionPatience,
            Spending = call.Options.Spending,
        });
        if (report.Errors is [var failed, ..])
        {
            throw new TidemarkException(failed.Code, failed.Message, failed.Remedy);
        }

        await AnswerAsync(call, isQueued: false);
    }

    private static async Task EnqueueAsync(Call call, JsonLinesSource record)
    {
        var report = await call.Index.EnqueueAsync(
            new EnqueueOptions { Namespace = call.Namespace, Sources = [record], MostWaiting = call.Options.MostWaiting }, call.Ended);
        if (report.Errors is [var failed, ..])
        {
            throw new TidemarkException(failed.Code, failed.Message, failed.Remedy);
        }

        if (report.Changes.Outdated > 0)
        {
            throw new TidemarkException(
                ErrorCodes.VersionConflict, $"a newer change of '{call.Id}' waits already", "send a newer version, or leave it at that");
        }

        call.Service.Hands.WorkFor(call.Namespace);
        await AnswerAsync(call, isQueued: !await IsCarriedOutAsync(call));
    }

    /// <summary>Waits as long as the caller would.</summary>
    /// <exception cref="TidemarkException">It failed for the last time.</exception>
    private static async Task<bool> IsCarriedOutAsync(Call call)
    {
        if (call.Patience is not { } patience)
        {
            return false;
        }

        var (clock, began) = (call.Service.Clock, call.Service.Clock.GetTimestamp());
        while (await call.Index.Queue.FindAsync(SourceOf(call), call.Id, call.Namespace, call.Ended) is { } waiting)
        {
            if (waiting is { State: QueuedState.Dead, Failure: { } failure })
            {
                throw new TidemarkException(failure.Code, failure.Message, failure.Remedy);
            }

            if (clock.GetElapsedTime(began) > patience)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), clock, call.Ended);
        }

        return true;
    }

    private static async Task AnswerAsync(Call call, bool isQueued)
    {
        if (isQueued)
        {
            call.Context.Response.Headers.Location = call.LinkTo($"queue/{DocumentPath.Encode(call.Id)}");
        }

        var sequence = isQueued ? null : await SequenceAsync(call);
        if (sequence is { } known)
        {
            call.Context.Response.Headers.ETag = EntityTag.Of(known);
        }

        await call.AnswerAsync(
            json =>
            {
                json.WriteStartObject();
                json.WriteString("document", call.Id);
                json.WriteString("state", isQueued ? "queued" : "done");
                if (sequence is { } at)
                {
                    json.WriteNumber("sequence", at);
                }

                json.WriteEndObject();
            },
            isQueued ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    /// <returns>Null: it is not in the index.</returns>
    private static async Task<long?> SequenceAsync(Call call)
    {
        try
        {
            return (await call.Index.DocumentAsync(call.Id, call.Namespace, asOf: null, call.Ended)).Document.Sequence;
        }
        catch (TidemarkException e) when (e.Code is ErrorCodes.DocumentMissing or ErrorCodes.NamespaceMissing)
        {
            return null;
        }
    }
}
