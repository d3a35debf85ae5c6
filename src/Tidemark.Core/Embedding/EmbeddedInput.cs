namespace Tidemark.Embedding;

/// <summary>What became of one input: its vector, or why it has none.</summary>
internal readonly record struct EmbeddedInput(ReadOnlyMemory<float> Vector, InputRefusal? Refusal = null)
{
    /// <summary>There was no money for it.</summary>
    public bool IsHeldBack => Vector.IsEmpty && Refusal is null;
}
