namespace Tidemark.Sources;

/// <summary>What a person may write where a repository, a revision or a folder is meant: nothing of it may be an option or a program. Pure.</summary>
public static class GitAddress
{
    private static readonly string[] Schemes = ["https", "http", "ssh", "git", "file"];

    /// <summary>Whether it is somewhere else, so that it has to be fetched.</summary>
    public static bool IsRemote(string repository)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return repository.Contains("://", StringComparison.Ordinal) || PathOfHost(repository) >= 0;
    }

    /// <summary>The address without password, token and query, as it may be shown and kept; a path as it is.</summary>
    public static string WithoutSecrets(string repository)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var start = repository.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
        {
            return repository;
        }

        start += 3;
        var end = repository.AsSpan(start).IndexOfAny('/', '?', '#') is var found and >= 0 ? start + found : repository.Length;
        var at = repository.LastIndexOf('@', end - 1, end - start);
        var user = at >= 0 && repository.StartsWith("ssh:", StringComparison.OrdinalIgnoreCase) ? repository[start..at].Split(':')[0] + "@" : "";
        var path = repository[end..].Split('?', '#')[0];
        return repository[..start] + user + repository[(at < 0 ? start : at + 1)..end] + path;
    }

    /// <summary>What a repository is called that nobody named: the last part of its address, without <c>.git</c>.</summary>
    public static string NameOf(string repository)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var address = WithoutSecrets(repository).TrimEnd('/');
        var name = address[(address.LastIndexOfAny(['/', ':', '\\']) + 1)..];
        return name.EndsWith(".git", StringComparison.OrdinalIgnoreCase) && name.Length > 4 ? name[..^4] : name;
    }

    /// <summary>Takes <c>REPOSITORY@REVISION//FOLDER</c> apart, of which the last two may be left out.</summary>
    /// <param name="text">What was typed behind <c>git:</c>.</param>
    /// <param name="isThere">Whether there is something by that path: names may have an <c>@</c>.</param>
    public static (string Repository, string? Revision, string Folder) Parse(string text, Func<string, bool> isThere)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(isThere);
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var path = scheme >= 0 ? scheme + 3 : 0;
        var mark = text.IndexOf("//", Math.Min(path + 1, text.Length), StringComparison.Ordinal);
        var (whole, folder) = mark < 0 ? (text, "") : (text[..mark], text[mark..].Trim('/'));
        var from = scheme >= 0 ? whole.IndexOf('/', path) : Math.Max(0, PathOfHost(whole));
        var at = whole.LastIndexOf('@');
        var hasRevision = from >= 0 && at > from && whole[at - 1] != '/' && (IsRemote(whole) || !isThere(whole));
        return hasRevision ? (whole[..at], whole[(at + 1)..], folder) : (whole, null, folder);
    }

    /// <exception cref="TidemarkException"><see cref="ErrorCodes.Usage"/>: it is an option, a program, or nothing that git should be handed.</exception>
    public static void Check(string repository)
    {
        ArgumentNullException.ThrowIfNull(repository);
        var scheme = repository.IndexOf("://", StringComparison.Ordinal) is var end and >= 0 ? repository[..end] : null;
        var mistake = IsOdd(repository) ? "it is empty, begins with a dash, or has control characters"
            : repository.Contains("::", StringComparison.Ordinal) ? "it names a helper program of git ('…::')"
            : scheme is not null && !Schemes.Contains(scheme, StringComparer.OrdinalIgnoreCase) ? $"git's way '{scheme}' is not used"
            : scheme is not null && Host(repository).StartsWith('-') ? "its host begins with a dash"
            : IsOpen(scheme) && Authority(repository).Contains('@', StringComparison.Ordinal) ? $"its user and password would be sent in the open ('{scheme}')"
            : null;
        if (mistake is not null)
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                $"the repository '{WithoutSecrets(repository)}' cannot be used: {mistake}",
                "name the path of a repository, or an address as https://HOST/PATH, ssh://USER@HOST/PATH or USER@HOST:PATH");
        }
    }

    /// <exception cref="TidemarkException"><see cref="ErrorCodes.Usage"/>: no revision looks like that.</exception>
    public static void CheckRevision(string? revision)
    {
        if (revision is not null && (IsOdd(revision) || revision.Any(c => c is ':' or ' ' or '*' or '?' or '[' or '\\')))
        {
            throw new TidemarkException(ErrorCodes.Usage, $"'{revision}' is no branch, tag or commit", "name one, for instance 'main'");
        }
    }

    /// <exception cref="TidemarkException"><see cref="ErrorCodes.Usage"/>: it leads out of the tree.</exception>
    public static void CheckFolder(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (folder.Length > 0 && (IsOdd(folder) || folder.Trim('/').Split('/').Any(name => name is "" or "." or "..")))
        {
            throw new TidemarkException(
                ErrorCodes.Usage, $"'{folder}' is no folder in a repository", "name it as it is seen from the top, with '/' between names: 'docs/guide'");
        }
    }

    private static bool IsOdd(string text) => text.Length == 0 || text.StartsWith('-') || text.Any(char.IsControl);

    private static bool IsOpen(string? scheme) => string.Equals(scheme, "http", StringComparison.OrdinalIgnoreCase);

    private static string Authority(string address)
    {
        var start = address.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = address.AsSpan(start).IndexOfAny('/', '?', '#');
        return end < 0 ? address[start..] : address.Substring(start, end);
    }

    private static string Host(string address) => Authority(address) is var authority ? authority[(authority.LastIndexOf('@') + 1)..] : "";

    /// <summary>Where the path begins in <c>user@host:path</c>; -1: it is none.</summary>
    private static int PathOfHost(string repository)
    {
        var colon = repository.IndexOf(':', StringComparison.Ordinal);
        var at = repository.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && colon > at + 1 && !repository.AsSpan(0, colon).ContainsAny('/', '\\') && !repository.AsSpan(at + 1).StartsWith("-") ? colon + 1 : -1;
    }
}
