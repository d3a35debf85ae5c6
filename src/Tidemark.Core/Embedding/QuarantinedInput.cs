using Tidemark.Documents;

namespace Tidemark.Embedding;

/// <summary>One input that a model refused, for one document that has it.</summary>
public sealed record QuarantinedInput
{
    /// <summary>Of the document.</summary>
    public required string Namespace { get; init; }

    /// <summary>The id of the document that needs the input.</summary>
    public required string Document { get; init; }

    /// <summary>Name of the embedding space.</summary>
    public required string Space { get; init; }

    /// <summary>SHA-256 of the embedding input.</summary>
    public required ContentHash Input { get; init; }

    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>What the provider said, without the input's text.</summary>
    public required string Message { get; init; }

    /// <summary>When it was refused first.</summary>
    public required DateTimeOffset Since { get; init; }
}
