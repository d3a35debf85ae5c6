using Tidemark.Documents;

namespace Tidemark.Embedding.Requests;

/// <summary>An input on its way to the model, and whoever waits for it.</summary>
/// <param name="Tokens">Estimated, calibrated by what the provider has counted so far: for pace, packing and budget.</param>
/// <param name="Purpose">Who pays, and whether its vector takes the place of a stored one.</param>
internal sealed record PendingInput(
    ContentHash Hash, string Text, long Tokens, EmbeddingPurpose Purpose, TaskCompletionSource<EmbeddedInput> Promise)
{
    /// <summary>Our own text, by which it shows whether the model still is the one it was, and whether it works at all.</summary>
    public bool IsControl => Hash == CanaryInput.Hash;

    public static PendingInput Control(long tokens, EmbeddingPurpose purpose) =>
        new(CanaryInput.Hash, CanaryInput.Text, tokens, purpose with { Force = false }, new TaskCompletionSource<EmbeddedInput>());
}
