using System.Text;
using Tidemark.Embedding.Pricing;

namespace Tidemark.Embedding.Requests;

/// <summary>Estimates tokens, calibrated by what the provider has counted in this run and, by the ledger, in all before.</summary>
internal sealed class TokenMeter(ICostLedger ledger, EmbeddingSpace space)
{
    /// <summary>Below this many counted tokens the rule of thumb is better.</summary>
    private const long Enough = 500;

    private readonly Lock _gate = new();
    private long _estimated;
    private long _counted;

    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var known = await ledger.SpaceAsync(space, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            _estimated += known.EstimatedTokens;
            _counted += known.Usage.Tokens;
        }
    }

    public long Estimate(string text)
    {
        lock (_gate)
        {
            return _counted < Enough || _estimated <= 0
                ? TokenEstimate.ByScript(text)
                : Math.Max(1, (long)Math.Ceiling(TokenEstimate.Of(text) * ((double)_counted / _estimated)));
        }
    }

    /// <summary>The tokens of an answered request: as the provider counted them, if that can be believed, else estimated.</summary>
    /// <param name="plain">Estimated by <see cref="TokenEstimate"/> alone.</param>
    public long Count(IReadOnlyList<string> texts, long? reported, long plain)
    {
        var bytes = texts.Sum(text => (long)Encoding.UTF8.GetByteCount(text));
        if (reported is not { } tokens || !IsPlausible(tokens, bytes, texts.Count))
        {
            return plain;
        }

        lock (_gate)
        {
            _estimated += plain;
            _counted += tokens;
        }

        return tokens;
    }

    /// <summary>At least one token an input and one for 64 bytes, at most one a byte and a few of its own for each input.</summary>
    private static bool IsPlausible(long tokens, long bytes, int inputs) =>
        tokens >= Math.Max(inputs, bytes / 64) && tokens <= bytes + (64L * inputs);
}
