namespace Tidemark.Records;

/// <summary>What turns a source's bytes into vectors. A generation is built with exactly one.</summary>
/// <param name="Extractors">Fingerprints of the extractors; a change re-reads documents.</param>
/// <param name="Chunker">Fingerprint of the chunker and its settings; a change cuts stored text anew.</param>
/// <param name="Input">How a chunk becomes an embedding input: <c>text</c>, or <c>text;normalized</c>.</param>
/// <param name="Space">Name of the embedding space.</param>
/// <param name="Dimensions">Of a vector in that space.</param>
public sealed record PipelineIdentity(
    string Extractors, string Chunker, string Input, string Space, int Dimensions);
