using Tidemark.Documents;

namespace Tidemark.Embedding;

/// <summary>Who is getting the vector of which input, so that two batches under way never both ask for it.</summary>
internal sealed class InputClaims
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ContentHash, TaskCompletionSource<EmbeddedInput>> _claimed = [];

    public Claim Take(IEnumerable<ContentHash> inputs)
    {
        var claim = new Claim(this);
        lock (_gate)
        {
            foreach (var input in inputs)
            {
                if (_claimed.TryGetValue(input, out var other))
                {
                    claim.Others.Add(input, other.Task);
                    continue;
                }

                var promise = new TaskCompletionSource<EmbeddedInput>(
                    TaskCreationOptions.RunContinuationsAsynchronously);
                _claimed.Add(input, promise);
                claim.Mine.Add(input, promise);
            }
        }

        return claim;
    }

    /// <summary>One batch's claims; disposing gives them up, whether they were kept or not.</summary>
    internal sealed class Claim(InputClaims claims) : IDisposable
    {
        public Dictionary<ContentHash, Task<EmbeddedInput>> Others { get; } = [];

        public Dictionary<ContentHash, TaskCompletionSource<EmbeddedInput>> Mine { get; } = [];

        public void Resolve(ContentHash input, ReadOnlyMemory<float> vector) =>
            Mine[input].TrySetResult(new EmbeddedInput(vector, null));

        public void Refuse(ContentHash input, InputRefusal refusal) =>
            Mine[input].TrySetResult(new EmbeddedInput(default, refusal));

        public void Dispose()
        {
            lock (claims._gate)
            {
                foreach (var (input, promise) in Mine)
                {
                    claims._claimed.Remove(input);
                    promise.TrySetCanceled();
                }
            }
        }
    }
}
