namespace Tidemark.Documents;

/// <summary>What is known of a listing's size beforehand.</summary>
public sealed record ListingSize(long? Items, long? Bytes);
