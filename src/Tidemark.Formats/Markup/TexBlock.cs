namespace Tidemark.Formats;

/// <summary>What an environment of LaTeX is.</summary>
internal enum TexBlock
{
    Text,
    Verbatim,
    Formula,
    List,
    Table,
    Dropped,
}
