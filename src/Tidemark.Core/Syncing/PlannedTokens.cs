using Tidemark.Chunking;
using Tidemark.Embedding;

namespace Tidemark.Syncing;

/// <summary>
/// The tokens that a provider would count: by the model's own tokenizer where that is at hand and the change is no larger than it takes
/// about a second to count, else by the estimate, corrected by what the provider has counted so far.
/// </summary>
/// <param name="calibration">Tokens that the provider reports for each estimated one; 1 where it has reported too few.</param>
internal sealed class PlannedTokens(EmbeddingModel model, decimal calibration)
{
    /// <summary>So many characters are counted in one plan.</summary>
    private const long MostCounted = 8_000_000;

    private readonly TokenLimit? _limit = model.Limit is { Counter: not ScriptTokens } exact ? exact : null;
    private long _counted;

    /// <summary>Of inputs that are priced together.</summary>
    public long Of(IReadOnlyList<string> inputs)
    {
        if (inputs.Count == 0)
        {
            return 0;
        }

        if (_limit is not null && (_counted += inputs.Sum(text => (long)text.Length)) <= MostCounted)
        {
            return inputs.Sum(text => (long)_limit.Count(text) + _limit.Marks);
        }

        return calibration == 1 && model.Requests is not null
            ? inputs.Sum(text => TokenEstimate.ByScript(text))
            : (long)decimal.Ceiling(inputs.Sum(text => TokenEstimate.Of(text)) * calibration);
    }
}
