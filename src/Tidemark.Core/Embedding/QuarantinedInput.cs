using Tidemark.Documents;

namespace Tidemark.Embedding;

/// <summary>One input that a model refused, for one document that has it.</summary>
public sealed record QuarantinedInput
{
    public required string Namespace { get; init; }

    public required string Document { get; init; }

    /// <summary>Name of the embedding space.</summary>
    public required string Space { get; init; }

    public required ContentHash Input { get; init; }

    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>What the provider said, without the input's text.</summary>
    public required string Message { get; init; }

    public required DateTimeOffset Since { get; init; }
}
