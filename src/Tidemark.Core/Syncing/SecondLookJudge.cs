using Tidemark.Documents;
using Tidemark.Records;

namespace Tidemark.Syncing;

/// <summary>Judges what was put off against what is stored now; what is refused again is judged again.</summary>
internal sealed class SecondLookJudge(
    RunContext run, SourceKey source, DecisionMaker decisions, SecondLooks secondLooks, SourceSightings sightings)
{
    private const int MostAttempts = 8;

    public async Task JudgeAllAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; secondLooks.Count > 0; attempt++)
        {
            if (attempt == MostAttempts)
            {
                throw new TidemarkException(
                    ErrorCodes.StoreBusy,
                    "some documents were changed by others again and again while they were being applied",
                    "make the same call again");
            }

            foreach (var items in secondLooks.TakeAll().Chunk(Math.Max(run.Request.BatchSize, 1)))
            {
                await JudgeAsync(items, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task JudgeAsync(SecondLook[] items, CancellationToken cancellationToken)
    {
        var stored = await StoredLookup.FindAsync(
            run.Session, source, items, run.Pipeline.NormalizeInput || run.Request.ChecksStored, cancellationToken).ConfigureAwait(false);
        var written = new List<(Decision Decision, bool Counted)>(items.Length);
        for (var i = 0; i < items.Length; i++)
        {
            if (Decide(items[i], stored[i]) is not { } decision)
            {
                continue;
            }

            if (decision.Write is null)
            {
                sightings.Find(decision);
                RunCounting.CountSecondLook(run, decision, items[i].Counted);
            }
            else
            {
                written.Add((decision, items[i].Counted));
            }
        }

        if (written.Count > 0)
        {
            await ApplyAsync(written, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>Null: the item failed.</returns>
    private Decision? Decide(SecondLook item, DocumentRecord? stored)
    {
        try
        {
            var decision = decisions.Decide(item.Decision.Change, stored).Repeated() with { Conflict = item.Decision.Conflict };
            if (decision.Verdict is Verdict.Outdated && item.Decision.Otherwise is { } earlier)
            {
                return Decide(item with { Decision = earlier }, stored);
            }

            if (run.Approval is not { } approval || approval.Allows(decision.Id, decision.Write))
            {
                return decision;
            }

            return Fail(item, Approval.Refusal(decision.Id));
        }
        catch (ItemException e)
        {
            var told = e.Code == ErrorCodes.VersionConflict && item.Counted ? DocumentDiff.Contradiction(item.Decision) : e;
            return Fail(item, item.Decision.FailureOf(told));
        }
    }

    private Decision? Fail(SecondLook item, ItemFailure failure)
    {
        run.Tally.Skipped -= item.Counted ? 1 : 0;
        run.Tally.Fail(failure);
        return null;
    }

    private async Task ApplyAsync(List<(Decision Decision, bool Counted)> written, CancellationToken cancellationToken)
    {
        var results = await run.Sink.SubmitAsync(written.ConvertAll(w => w.Decision), cancellationToken)
            .ConfigureAwait(false);
        for (var i = 0; i < written.Count; i++)
        {
            var (decision, counted) = written[i];
            if (results[i].IsHeldBack)
            {
                throw new BudgetReachedException();
            }

            if (results[i].Failure is { } failure)
            {
                run.Tally.Skipped -= counted ? 1 : 0;
                run.Tally.Fail(failure);
            }
            else if (results[i].IsApplied)
            {
                RunCounting.CountSecondLook(run, decision, counted);
                run.Tally.Applied++;
                sightings.Settle(decision, results[i].Applied);
                run.Tell(decision);
            }
            else if (!results[i].IsRepeat)
            {
                secondLooks.Add(decision, counted);
            }
        }
    }
}
