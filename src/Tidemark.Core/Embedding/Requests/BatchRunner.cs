using Microsoft.Extensions.AI;
using Tidemark.Embedding.Pricing;

namespace Tidemark.Embedding.Requests;

/// <summary>
/// Takes one batch to its end: every input gets its vector, or is found to be the one that the provider does not take. What
/// it refuses is halved until the bad input stands alone. No input is condemned unless the provider has just shown, with
/// another one, that it works.
/// </summary>
internal sealed class BatchRunner(
    RequestSender sender, VectorKeeper keeper, ProviderHealth health, TokenMeter meter, EmbeddingBudget? budget)
{
    /// <summary>Sends as much of the batch as there is money for.</summary>
    /// <exception cref="EmbeddingRequestException">The provider has failed; inputs without an answer stay open.</exception>
    public async Task RunAsync(IReadOnlyList<PendingInput> batch, CancellationToken stop)
    {
        if (budget is not null)
        {
            await budget.HearAsync(stop).ConfigureAwait(false);
        }

        var affordable = budget?.Reserve([.. batch.Select(input => input.Tokens)]) ?? batch.Count;
        foreach (var input in batch.Skip(affordable))
        {
            input.Promise.TrySetResult(default);
        }

        if (affordable == 0)
        {
            return;
        }

        batch = affordable == batch.Count ? batch : [.. batch.Take(affordable)];
        using var reserved = new BudgetReservation(budget, batch.Sum(input => input.Tokens));
        await RunPartAsync(batch, reserved, stop).ConfigureAwait(false);
    }

    private async Task RunPartAsync(
        IReadOnlyList<PendingInput> batch, BudgetReservation reserved, CancellationToken stop)
    {
        var mark = health.Mark;
        if (await TryAsync(batch, reserved, stop).ConfigureAwait(false) is not { } failure)
        {
            return;
        }

        if (failure.Fault == EmbeddingFault.Transient)
        {
            // Is it the provider, or is it something in this batch? After an outage the batch may simply go through.
            await ProveAsync(batch[0].Purpose, mark, reserved, stop).ConfigureAwait(false);
            mark = health.Mark - 1;
            if (await TryAsync(batch, reserved, stop).ConfigureAwait(false) is not { } again)
            {
                return;
            }

            failure = again;
        }

        if (batch.Count == 1)
        {
            await CondemnAsync(batch[0], failure, mark, reserved, stop).ConfigureAwait(false);
            return;
        }

        // The control sample alone says soonest whether anything is taken at all.
        var half = batch[0].IsControl ? 1 : batch.Count / 2;
        await RunPartAsync([.. batch.Take(half)], reserved, stop).ConfigureAwait(false);
        await RunPartAsync([.. batch.Skip(half)], reserved, stop).ConfigureAwait(false);
    }

    /// <returns>Null: it went through; else why it did not, although others may.</returns>
    private async Task<EmbeddingRequestException?> TryAsync(
        IReadOnlyList<PendingInput> batch, BudgetReservation reserved, CancellationToken stop)
    {
        try
        {
            await SendAsync(batch, reserved, untilPatienceEnds: false, stop).ConfigureAwait(false);
            return null;
        }
        catch (EmbeddingRequestException e) when (e.Fault is not EmbeddingFault.Fatal)
        {
            return e;
        }
    }

    private async Task CondemnAsync(
        PendingInput input,
        EmbeddingRequestException failure,
        long mark,
        BudgetReservation reserved,
        CancellationToken stop)
    {
        if (input.IsControl)
        {
            throw AsSystemic(failure);
        }

        await ProveAsync(input.Purpose, mark, reserved, stop).ConfigureAwait(false);
        if (failure.IsTooLong && await RunHalvesAsync(input, reserved, stop).ConfigureAwait(false))
        {
            return;
        }

        var isPoison = failure.Fault is not EmbeddingFault.Transient;
        input.Promise.TrySetResult(new EmbeddedInput(
            default, new InputRefusal(failure.Code, failure.Message, failure.Remedy, isPoison)));
    }

    /// <returns>Whether that is the end of it: it has a vector, or none because of one of its halves.</returns>
    private async Task<bool> RunHalvesAsync(PendingInput input, BudgetReservation reserved, CancellationToken stop)
    {
        var parts = new List<(int Length, ReadOnlyMemory<float> Vector)>();
        foreach (var half in InputHalves.Of(input, meter))
        {
            await RunPartAsync([half], reserved, stop).ConfigureAwait(false);
            var embedded = await half.Promise.Task.ConfigureAwait(false);
            if (embedded.Vector.IsEmpty)
            {
                input.Promise.TrySetResult(embedded);
                return true;
            }

            parts.Add((half.Text.Length, embedded.Vector));
        }

        if (parts.Count == 0 || InputHalves.Join(parts) is not { IsEmpty: false } vector)
        {
            return false;
        }

        await keeper.KeepJoinedAsync(input, vector).ConfigureAwait(false);
        input.Promise.TrySetResult(new EmbeddedInput(vector));
        return true;
    }

    /// <summary>Makes sure that the provider has given a vector since, if need be by asking for one.</summary>
    private async Task ProveAsync(
        EmbeddingPurpose purpose, long mark, BudgetReservation reserved, CancellationToken stop)
    {
        if (health.Mark > mark)
        {
            return;
        }

        var control = PendingInput.Control(meter.Estimate(CanaryInput.Text), purpose);
        try
        {
            await SendAsync([control], reserved, untilPatienceEnds: true, stop).ConfigureAwait(false);
        }
        catch (EmbeddingRequestException e) when (e.Fault is not EmbeddingFault.Fatal)
        {
            throw AsSystemic(e);
        }
    }

    private static EmbeddingRequestException AsSystemic(EmbeddingRequestException failure) => Faults.AsFatal(
        failure,
        "the provider gives no usable vector even for a plain sentence: ",
        "check the model's name, its dimensions and the base URL; no document was given up for it");

    private async Task SendAsync(
        IReadOnlyList<PendingInput> batch, BudgetReservation reserved, bool untilPatienceEnds, CancellationToken stop)
    {
        var texts = batch.Select(input => input.Text).ToList();
        var estimated = batch.Sum(input => input.Tokens);
        var answer = await sender.SendAsync(texts, estimated, untilPatienceEnds, stop).ConfigureAwait(false);
        var (bad, tokens) = await keeper.KeepAsync(batch, answer, sender.TakeSent()).ConfigureAwait(false);
        reserved.Settle(estimated, tokens);
        sender.Correct(estimated, tokens);
        if (bad.Count == batch.Count)
        {
            throw bad[0].Reason;
        }

        health.Accept();
        Resolve(batch, answer, bad);
        foreach (var (input, _) in bad)
        {
            await RunPartAsync([input], reserved, stop).ConfigureAwait(false);
        }
    }

    private static void Resolve(
        IReadOnlyList<PendingInput> batch, GeneratedEmbeddings<Embedding<float>> answer, IReadOnlyList<BadVector> bad)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (bad.Count == 0 || bad.All(b => !ReferenceEquals(b.Input, batch[i])))
            {
                batch[i].Promise.TrySetResult(new EmbeddedInput(answer[i].Vector));
            }
        }
    }
}
