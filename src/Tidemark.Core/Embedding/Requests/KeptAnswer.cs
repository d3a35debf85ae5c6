namespace Tidemark.Embedding.Requests;

/// <summary>What came of an answer.</summary>
/// <param name="Bad">Inputs whose vectors cannot be right; the others are durable.</param>
/// <param name="Tokens">As the provider counted them, if that can be believed.</param>
internal readonly record struct KeptAnswer(IReadOnlyList<BadVector> Bad, long Tokens);
