namespace Tidemark.Chunking.Structure;

/// <param name="Position">Where the heading's line starts.</param>
/// <param name="Depth">1 for the highest.</param>
internal readonly record struct HeadingMark(int Position, int Depth, int TitleStart, int TitleLength);
