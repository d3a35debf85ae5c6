using Microsoft.AspNetCore.Http;
using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Server.Http;
using Tidemark.Streaming;

namespace Tidemark.Server.Content;

/// <summary>
/// One document put or deleted. What comes without a condition goes through the queue, so that it is safe as soon as it is answered and no
/// run is in its way. A condition can be decided by the write alone, so what has one is written at once.
/// </summary>
internal static class DocumentWriting
{
    private static readonly TimeSpan ConditionPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);

    public static async Task PutAsync(Call call) => await ChangeAsync(call, await DocumentRecord.ReadAsync(call, SourceOf(call)));

    public static Task DeleteAsync(Call call) => ChangeAsync(call, DocumentRecord.Gone(SourceOf(call), call.Id));

    private static string SourceOf(Call call) => call.Arguments.Name("source") ?? call.Options.SourceName;

    private static async Task ChangeAsync(Call call, DocumentRecord record)
    {
        var expected = EntityTag.ExpectationOf(call.Context.Request);
        var written = await IdempotentWrite.OnceAsync(
            call, record.Fingerprint, () => expected is null ? EnqueueAsync(call, record) : WriteAsync(call, record, expected));
        if (written.IsQueued && await IsCarriedOutAsync(call))
        {
            written = new Written(IsQueued: false, await SequenceAsync(call, record));
        }

        await AnswerAsync(call, written);
    }

    private static async Task<Written> WriteAsync(Call call, DocumentRecord record, DocumentExpectation expected)
    {
        var options = new WriteOptions
        {
            Expected = expected,
            SourceName = SourceOf(call),
            Namespace = call.Namespace,
            Wait = call.Patience ?? ConditionPatience,
            Spending = call.Options.Spending,
        };
        var report = record.Document is { } document
            ? await call.Index.PutAsync(document, options, CancellationToken.None)
            : await call.Index.DeleteAsync(call.Id, options, CancellationToken.None);
        return report.Errors is [var failed, ..]
            ? throw new TidemarkException(failed.Code, failed.Message, failed.Remedy)
            : new Written(IsQueued: false, await SequenceAsync(call, record));
    }

    private static async Task<Written> EnqueueAsync(Call call, DocumentRecord record)
    {
        var report = await call.Index.EnqueueAsync(
            new EnqueueOptions { Namespace = call.Namespace, Sources = [record.Listed], MostWaiting = call.Options.MostWaiting },
            CancellationToken.None);
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
        return new Written(IsQueued: true, Sequence: null);
    }

    /// <summary>Waits as long as the caller would, and the server goes on.</summary>
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

            if (clock.GetElapsedTime(began) > patience || call.Service.Stopping.IsCancellationRequested)
            {
                return false;
            }

            await Task.Delay(Beat, clock, call.Ended);
        }

        return true;
    }

    private static async Task AnswerAsync(Call call, Written written)
    {
        if (written.IsQueued)
        {
            call.Context.Response.Headers.Location = call.LinkTo($"queue/{DocumentPath.Encode(call.Id)}", ("source", call.Arguments.Text("source")));
        }

        if (written.Sequence is { } known)
        {
            call.Context.Response.Headers.ETag = EntityTag.Of(known);
        }

        await call.AnswerAsync(
            json =>
            {
                json.WriteStartObject();
                json.WriteString("document", call.Id);
                json.WriteString("state", written.IsQueued ? "queued" : "done");
                if (written.Sequence is { } at)
                {
                    json.WriteNumber("sequence", at);
                }

                json.WriteEndObject();
            },
            written.IsQueued ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    /// <summary>The sequence is the caller's only where the state is: somebody else may have written since.</summary>
    /// <returns>Null: the document is another one, or not in the index.</returns>
    private static async Task<long?> SequenceAsync(Call call, DocumentRecord record)
    {
        try
        {
            var (state, _) = await call.Index.DocumentAsync(call.Id, call.Namespace, asOf: null, CancellationToken.None);
            return record.IsIn(state) ? state.Sequence : null;
        }
        catch (TidemarkException e) when (e.Code is ErrorCodes.DocumentMissing or ErrorCodes.NamespaceMissing)
        {
            return null;
        }
    }
}
