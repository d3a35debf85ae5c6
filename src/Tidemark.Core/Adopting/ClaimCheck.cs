using System.Globalization;
using System.Numerics.Tensors;
using Tidemark.Diagnostics;
using Tidemark.Embedding;
using Tidemark.Embedding.Pricing;
using Tidemark.Syncing;

namespace Tidemark.Adopting;

/// <summary>
/// Asks the model whether vectors are its own: some texts of the origin are embedded and compared. What that gives is paid for, and kept like
/// every vector.
/// </summary>
internal sealed class ClaimCheck(EmbeddingPorts ports, EmbeddingModel model)
{
    /// <summary>So many rows are looked at for texts that can be compared.</summary>
    private const int MostCandidates = 30;

    /// <param name="origin">Whose vectors they are.</param>
    /// <param name="form">As the space is known to be; what the samples tell beyond that is in the result.</param>
    /// <param name="limits">What it may cost.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null: there is nothing that could be compared.</returns>
    /// <exception cref="TidemarkException"><c>embedding.space</c>: they are not its own; <c>budget.reached</c>; as the model fails.</exception>
    public async Task<AdoptionSample?> RunAsync(
        IEmbeddingOrigin origin, VectorForm form, SpendingLimits limits, CancellationToken cancellationToken)
    {
        var rows = await ChooseAsync(origin, form, cancellationToken).ConfigureAwait(false);
        if (rows.Count == 0)
        {
            return null;
        }

        var budget = await RunBudget.OpenAsync(limits, model, ports.Ledger, ports.Clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var embedding = new EmbeddingPipeline(ports, model, budget?.Embedding);
        EmbeddingResult answer;
        try
        {
            // By force: what the store has of these texts may have come from the same origin.
            var purpose = new EmbeddingPurpose(Run: 0, EmbeddingCause.Text, Force: true);
            answer = await embedding.EmbedAsync(
                [.. rows.Select(row => new EmbeddingInput(row.Input, row.Text, default))], purpose, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await embedding.CompleteAsync().ConfigureAwait(false);
        }

        if (embedding.IsBudgetReached)
        {
            throw new TidemarkException(
                ErrorCodes.BudgetReached,
                $"there is no room in the budget to embed {Numbered.Of(rows.Count, "sample text", "sample texts")}; nothing was taken over",
                "raise SpendingLimits.Run or SpendingLimits.Month, or take the vectors as they are with AdoptionOptions.Trust");
        }

        var sample = Compare(rows, answer) with
        {
            Usage = embedding.Usage,
            Cost = TokenPrice.CostOf(embedding.Usage.Tokens, model.PricePerMillionTokens),
        };
        return sample.Similarities.All(similarity => similarity >= AdoptionSample.LeastSimilarity) ? sample : throw Wrong(sample);
    }

    private async Task<List<JudgedRow>> ChooseAsync(IEmbeddingOrigin origin, VectorForm form, CancellationToken cancellationToken)
    {
        var tally = new AdoptionTally(isHalf: false);
        var judge = new RowJudge(form, tally);
        var chosen = new List<JudgedRow>();
        await foreach (var row in origin.SampleAsync(MostCandidates, cancellationToken).ConfigureAwait(false))
        {
            if (judge.Judge(row) is { } candidate && chosen.TrueForAll(other => other.Input != candidate.Input))
            {
                chosen.Add(candidate);
            }

            if (chosen.Count == AdoptionSample.Size)
            {
                break;
            }
        }

        return chosen.Count > 0 || tally.Counts.OtherDimensions == 0 ? chosen : throw new TidemarkException(
            ErrorCodes.EmbeddingSpace,
            $"the vectors are not of '{model.Space.Name}': {tally.Errors.First(error => error.Message.Contains("dimensions", StringComparison.Ordinal)).Message}",
            "name the model that made them with its dimensions: UseEmbedder(\"openai:MODEL:DIM\"); longer vectors of a model that shortens them are cut with "
            + "AdoptionOptions.Shorten");
    }

    private AdoptionSample Compare(List<JudgedRow> rows, EmbeddingResult answer)
    {
        var (similarities, isUnit) = (new List<double>(rows.Count), true);
        foreach (var row in rows)
        {
            if (!answer.Vectors.TryGetValue(row.Input, out var own))
            {
                var refusal = answer.Refusals.GetValueOrDefault(row.Input);
                throw new TidemarkException(
                    ErrorCodes.EmbeddingRefused,
                    $"the model of '{model.Space.Name}' refuses the text of '{row.Label}', so its vector can be none of that model: {refusal?.Message}",
                    "name the model that made the vectors: UseEmbedder(); nothing was taken over");
            }

            similarities.Add(TensorPrimitives.CosineSimilarity(own.Span, row.Shaped.Vector.Span));
            isUnit &= VectorForm.IsUnit(own.Span);
        }

        return new AdoptionSample(similarities, default, Cost: null, isUnit);
    }

    private TidemarkException Wrong(AdoptionSample sample)
    {
        var figures = string.Join(", ", sample.Similarities.Select(similarity => similarity.ToString("0.000", CultureInfo.InvariantCulture)));
        return new TidemarkException(
            ErrorCodes.EmbeddingSpace,
            $"the vectors are not of '{model.Space.Name}', or not of the texts beside them: for {Numbered.Of(sample.Similarities.Count, "sample text", "sample texts")} "
            + $"the model gives vectors with a similarity of {figures}, and "
            + $"{AdoptionSample.LeastSimilarity.ToString(CultureInfo.InvariantCulture)} is asked for; nothing was taken over",
            "name the model that made them, UseEmbedder(\"openai:MODEL:DIM\"), with what stood before the texts when they were embedded "
            + "('embedding.documentPrefix' in tidemark.json); texts that were embedded with a title or another template cannot be taken over");
    }
}
