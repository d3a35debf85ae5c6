using Tidemark.Searching;

namespace Tidemark.Wire;

/// <summary>What search modes are called.</summary>
public static class SearchModeText
{
    /// <summary>All names, the usual one first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["hybrid", "vector", "keyword"];

    /// <summary>The name of a mode.</summary>
    public static string Of(SearchMode mode) => mode switch
    {
        SearchMode.Vector => "vector",
        SearchMode.Keyword => "keyword",
        _ => "hybrid",
    };

    /// <summary>Reads a name.</summary>
    /// <param name="name">What its caller calls it.</param>
    /// <param name="text">The name; null: hybrid.</param>
    /// <exception cref="TidemarkException"><c>usage</c>: there is no such mode.</exception>
    public static SearchMode Parse(InputName name, string? text) => text switch
    {
        null or "hybrid" => SearchMode.Hybrid,
        "vector" => SearchMode.Vector,
        "keyword" => SearchMode.Keyword,
        _ => throw name.Wrong(text, "make it 'hybrid', 'vector' or 'keyword'"),
    };
}
