namespace Tidemark.Formats;

/// <summary>
/// Where in a text its front matter lies: between a first line <c>---</c> and the next such line, or <c>...</c>; of TOML, between
/// two lines <c>+++</c>. Blank lines before it do not count.
/// </summary>
/// <param name="Content">Without the two lines.</param>
/// <param name="Body">What is left to be the text: everything after the second line; where there is none, everything.</param>
/// <param name="Line">The number of the content's first line.</param>
internal readonly record struct FrontMatter(Range Content, Range Body, int Line, bool IsToml, FrontMatterExtent Extent)
{
    /// <summary>Whether there is more prose than keys in it behind a blank line: it is all of it YAML, or none.</summary>
    public bool HasProse { get; init; }

    /// <summary>Whether it has a heading of the text in it, which YAML takes for a comment.</summary>
    public bool HasHeading { get; init; }

    /// <returns>At most one of each extent: where it can be, if it is front matter. None: it begins with no fence.</returns>
    public static List<FrontMatter> Find(string text)
    {
        var (at, line) = (0, 2);
        while (NextLine(text, at) is { } next && text.AsSpan(at, next - at).IsWhiteSpace())
        {
            (at, line) = (next, line + 1);
        }

        if (NextLine(text, at) is not { } start)
        {
            return [];
        }

        // A second byte order mark is no text either.
        var opening = text.AsSpan(at, start - at).TrimStart('\uFEFF');
        return BehindDirectives(text, at) is { } document ? Unopened(text, document, line)
            : FrontMatterFence.Is(opening, FrontMatterFence.Yaml) ? FindYaml(text, start, line)
            : FrontMatterFence.Is(opening, FrontMatterFence.Toml) ? FindToml(text, start, line)
            : FrontMatterFence.NearlyOpens(opening) ? Unopened(text, start, line)
            : [];
    }

    private static List<FrontMatter> FindYaml(string text, int start, int line)
    {
        List<FrontMatter> found = [];
        var keys = new FrontMatterKeys(text);
        var heading = new FrontMatterHeading();
        var end = text.Length;
        var (isParted, strays) = (false, 0); // behind a blank line, lines that are no keys less those that are
        for (var at = start; at < text.Length;)
        {
            var next = NextLine(text, at) ?? text.Length;
            var read = text.AsSpan(at, next - at);
            if (FrontMatterFence.Closes(read))
            {
                // Prose behind the keys is the document's, whatever rule of it comes further down; and so is a heading.
                var hasHeading = heading.Start is not null;
                found.Add(new FrontMatter(start..at, next.., line, IsToml: false, FrontMatterExtent.Closed)
                {
                    HasProse = strays > 0 || hasHeading,
                    HasHeading = hasHeading,
                });
                end = at;
                if (!isParted)
                {
                    found.Add(new FrontMatter(start..at, .., line, IsToml: false, FrontMatterExtent.Doubtful));
                }

                break;
            }

            if (keys.IsWithin && heading.Start is null && found.Count == 0 && FrontMatterFence.NearlyCloses(read))
            {
                found.Add(new FrontMatter(start..at, next.., line, IsToml: false, FrontMatterExtent.Nearly));
            }

            keys.Pass(at, next);
            heading.Pass(read, at);
            isParted |= read.IsWhiteSpace();
            strays += !isParted || read.IsWhiteSpace() ? 0 : !FrontMatterLine.IsPart(read) ? 1 : FrontMatterLine.IsKey(read) ? -1 : 0;
            at = next;
        }

        if (found.TrueForAll(one => one.Extent != FrontMatterExtent.Closed || one.HasProse))
        {
            found.Add(new FrontMatter(start..Math.Min(keys.End ?? end, heading.Start ?? end), .., line, IsToml: false, FrontMatterExtent.Open));
        }

        return found;
    }

    private static List<FrontMatter> FindToml(string text, int start, int line)
    {
        for (var at = start; at < text.Length;)
        {
            var next = NextLine(text, at) ?? text.Length;
            if (FrontMatterFence.Is(text.AsSpan(at, next - at), FrontMatterFence.Toml))
            {
                return [new FrontMatter(start..at, next.., line, IsToml: true, FrontMatterExtent.Closed)];
            }

            at = next;
        }

        return FrontMatterLine.IsLikeKey(text.AsSpan(start))
            ? [new FrontMatter(start.., .., line, IsToml: true, FrontMatterExtent.Open)]
            : [];
    }

    private static List<FrontMatter> Unopened(string text, int start, int line)
    {
        var found = FindYaml(text, start, line);
        var closed = found.FindIndex(one => one is { Extent: FrontMatterExtent.Closed or FrontMatterExtent.Nearly, HasProse: false });
        return closed < 0 ? [] : [found[closed] with { Body = .., Extent = FrontMatterExtent.Unopened }];
    }

    /// <summary>Where the document begins to which YAML's directives belong, which nothing but YAML has; null: there are none.</summary>
    private static int? BehindDirectives(string text, int at)
    {
        var any = false;
        while (NextLine(text, at) is { } next)
        {
            var line = text.AsSpan(at, next - at);
            var isFence = FrontMatterFence.Is(line, FrontMatterFence.Yaml);
            if (any && isFence)
            {
                return next;
            }

            if (!FrontMatterFence.IsDirective(line) && (!isFence || any))
            {
                return null;
            }

            any |= !isFence;
            at = next;
        }

        return null;
    }

    private static int? NextLine(string text, int at) =>
        text.IndexOf('\n', at) is >= 0 and var end ? end + 1 : null;
}
