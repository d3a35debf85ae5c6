namespace Tidemark.Composition;

/// <summary>A configured feed that is not carried on.</summary>
/// <param name="Source">Whose.</param>
/// <param name="Namespace">That it would feed.</param>
/// <param name="Why">With what to do about it.</param>
internal sealed record FeedLeftOut(string Source, string Namespace, string Why);
