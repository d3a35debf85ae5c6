using Tidemark.Documents;
using Tidemark.Queueing;
using Tidemark.Syncing;

namespace Tidemark.Streaming;

/// <summary>
/// Carries the changes of one claim out: decides, gets vectors with no transaction open, writes and takes them out of the
/// queue in one. Each ends in exactly one way: done, failed, lost, or given back. Safe for concurrent use.
/// </summary>
internal sealed class ChangeCarrier(ChangeDecisions decisions, StoreSink sink, IChangeQueue queue, WorkerOptions request)
{
    private const int MostRounds = 8;

    /// <summary>Never fails: an outage is an outcome.</summary>
    public async Task<BatchOutcome> CarryAsync(IReadOnlyList<ClaimedChange> claimed, CancellationToken stop)
    {
        var outcome = new BatchOutcome(claimed);
        var open = SetAside(claimed, outcome);
        try
        {
            for (var round = 0; open.Count > 0 && round < MostRounds && !outcome.IsBudgetReached; round++)
            {
                open = await CarryRoundAsync(open, outcome, stop).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            outcome.Outage = stop.IsCancellationRequested ? null : e;
            var settled = outcome.Settlements.Select(settlement => settlement.Lease)
                .Concat(outcome.Done.Select(decision => decision.Write?.Lease ?? default)).ToHashSet();
            open = open.FindAll(change => !settled.Contains(change.Lease));
        }

        outcome.Settlements.AddRange(open.Select(change => new ChangeSettlement.Release(change.Lease, RestOf(outcome))));
        await SettleAsync(outcome).ConfigureAwait(false);
        return outcome;
    }

    /// <summary>Those that took too many workers down are not tried, nor those that nobody can read or that are no change.</summary>
    /// <returns>The others.</returns>
    private static List<ClaimedChange> SetAside(IReadOnlyList<ClaimedChange> claimed, BatchOutcome outcome)
    {
        var open = new List<ClaimedChange>(claimed.Count);
        foreach (var change in claimed)
        {
            if (change is { Losses: < AttemptRule.MostLosses, Change: not (null or DocumentChange.Poison) })
            {
                open.Add(change);
                continue;
            }

            var failure = change.Change switch
            {
                null => ChangePayload.Unreadable,
                DocumentChange.Poison { Failure: var known } => new ChangeFailure(known.Code, known.Message, known.Remedy),
                _ => AttemptRule.WorkersLost(change),
            };
            outcome.Failures.Add(new ItemFailure(
                change.Document, failure.Code, failure.Message, failure.Remedy, HidesDocuments: false));
            outcome.Settlements.Add(new ChangeSettlement.Bury(change.Lease, failure));
        }

        return open;
    }

    /// <returns>Those whose document was written by somebody else meanwhile: to be decided again.</returns>
    private async Task<List<ClaimedChange>> CarryRoundAsync(
        List<ClaimedChange> open, BatchOutcome outcome, CancellationToken stop)
    {
        var decided = await decisions.DecideAsync(open, stop).ConfigureAwait(false);
        var written = new List<(ClaimedChange Change, Decision Decision)>(open.Count);
        for (var i = 0; i < decided.Length; i++)
        {
            if (decided[i].Failure is { } failure)
            {
                Fail(outcome, open[i], failure);
            }
            else if (decided[i].Decision is { Write: not null } decision)
            {
                written.Add((open[i], decision));
            }
            else
            {
                outcome.Done.Add(decided[i].Decision!);
                outcome.Settlements.Add(new ChangeSettlement.Complete(open[i].Lease));
            }
        }

        return written.Count == 0 ? [] : await WriteAsync(written, outcome, stop).ConfigureAwait(false);
    }

    private async Task<List<ClaimedChange>> WriteAsync(
        List<(ClaimedChange Change, Decision Decision)> written, BatchOutcome outcome, CancellationToken stop)
    {
        try
        {
            var results = await sink.SubmitAsync(written.ConvertAll(w => w.Decision), stop).ConfigureAwait(false);
            return Take(written, results, outcome);
        }
        catch (Exception e) when (!Outage.IsOutage(e))
        {
            return await WriteSinglyAsync(written, outcome, e, stop).ConfigureAwait(false);
        }
    }

    /// <summary>One of them is to blame, or none: only one that fails while another goes through, or alone, is.</summary>
    private async Task<List<ClaimedChange>> WriteSinglyAsync(
        List<(ClaimedChange Change, Decision Decision)> written, BatchOutcome outcome, Exception cause, CancellationToken stop)
    {
        var again = new List<ClaimedChange>();
        var failed = new List<(ClaimedChange Change, Exception Cause)>();
        if (written.Count == 1)
        {
            failed.Add((written[0].Change, cause));
        }
        else
        {
            foreach (var one in written)
            {
                try
                {
                    var result = await sink.SubmitAsync([one.Decision], stop).ConfigureAwait(false);
                    again.AddRange(Take([one], result, outcome));
                }
                catch (Exception e) when (!Outage.IsOutage(e))
                {
                    failed.Add((one.Change, e));
                }
            }

            if (failed.Count == written.Count)
            {
                throw cause;
            }
        }

        failed.ForEach(f => Fail(outcome, f.Change, ChangeDecisions.FailureOf(f.Change, Outage.Of(f.Cause))));
        return again;
    }

    private List<ClaimedChange> Take(
        List<(ClaimedChange Change, Decision Decision)> written, IReadOnlyList<SubmittedDocument> results, BatchOutcome outcome)
    {
        var again = new List<ClaimedChange>();
        for (var i = 0; i < written.Count; i++)
        {
            var (change, decision) = written[i];
            if (results[i].Failure is { } failure)
            {
                Fail(outcome, change, failure);
            }
            else if (results[i].IsApplied)
            {
                outcome.Done.Add(decision);
            }
            else if (results[i].IsLeaseLost)
            {
                outcome.Lost++;
            }
            else
            {
                outcome.IsBudgetReached |= results[i].IsHeldBack;
                again.Add(change);
            }
        }

        return again;
    }

    private void Fail(BatchOutcome outcome, ClaimedChange change, ItemFailure failure)
    {
        failure = AttemptRule.InQueue(failure);
        outcome.Failures.Add(failure);
        outcome.Settlements.Add(request.Attempts.AfterFailure(
            change, new ChangeFailure(failure.Code, failure.Message, failure.Remedy)));
    }

    /// <summary>What an outage gives back rests, so that workers do not pass it round.</summary>
    private TimeSpan RestOf(BatchOutcome outcome) => outcome.Outage is null ? TimeSpan.Zero : request.Attempts.FirstRest;

    private async Task SettleAsync(BatchOutcome outcome)
    {
        if (outcome.Settlements.Count == 0)
        {
            return;
        }

        try
        {
            await queue.SettleAsync(request.NamespaceName, outcome.Settlements, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TidemarkException e)
        {
            // The leases end by themselves.
            outcome.Outage ??= e;
        }
    }
}
