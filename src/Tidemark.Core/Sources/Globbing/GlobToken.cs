namespace Tidemark.Sources;

/// <summary>One element of a pattern within one segment of a path.</summary>
internal readonly record struct GlobToken(GlobTokenKind Kind, int Unit, GlobClass? Class)
{
    public static GlobToken Star { get; } = new(GlobTokenKind.Star, 0, null);

    public static GlobToken Any { get; } = new(GlobTokenKind.Any, 0, null);

    public static GlobToken Of(int unit) => new(GlobTokenKind.Unit, unit, null);

    public static GlobToken Of(GlobClass set) => new(GlobTokenKind.Class, 0, set);

    /// <summary>Whether this element takes one unit of the name; a star is the matcher's business.</summary>
    public bool Takes(int unit) => Kind switch
    {
        GlobTokenKind.Unit => unit == Unit,
        GlobTokenKind.Any => true,
        GlobTokenKind.Class => Class!.Contains(unit),
        _ => false,
    };
}

internal enum GlobTokenKind
{
    Unit,
    Any,
    Class,
    Star,
}
