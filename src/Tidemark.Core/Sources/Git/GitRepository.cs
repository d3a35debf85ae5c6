using System.Globalization;

namespace Tidemark.Sources;

/// <summary>Finds the commit and the tree that a source means; what lies elsewhere is fetched first.</summary>
internal sealed class GitRepository(GitOptions options)
{
    /// <summary>No protocol has this name.</summary>
    public const string NoWay = "none";

    private readonly string _shown = GitAddress.WithoutSecrets(options.Repository);

    public async Task<GitTree> OpenAsync(CancellationToken cancellationToken)
    {
        var (folder, revision) = (options.Repository, options.Revision ?? "HEAD");
        var prefix = "";
        if (GitAddress.IsRemote(folder))
        {
            (folder, revision) = await new GitCache(options).FetchAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            prefix = await FindAsync(folder, cancellationToken).ConfigureAwait(false);
        }

        var below = string.Join('/', new[] { prefix, options.Folder }.Where(part => part.Length > 0));
        var commit = await IdOfAsync(folder, $"{revision}^{{commit}}", cancellationToken).ConfigureAwait(false)
            ?? throw NoCommit(await IdOfAsync(folder, "HEAD^{commit}", cancellationToken).ConfigureAwait(false) is not null);
        var tree = await IdOfAsync(folder, below.Length == 0 ? $"{commit}^{{tree}}" : $"{commit}:{below}", cancellationToken).ConfigureAwait(false);
        if (tree is not null && await TypeOfAsync(folder, tree, cancellationToken).ConfigureAwait(false) is not { Length: > 0 })
        {
            throw new TidemarkException(
                ErrorCodes.SourceUnreadable,
                $"the tree {tree[..12]} of '{_shown}' is not in the repository",
                "run 'git fsck' there; of a partial clone, fetch it whole");
        }

        if (tree is null || (below.Length > 0 && await TypeOfAsync(folder, tree, cancellationToken).ConfigureAwait(false) != "tree"))
        {
            throw new TidemarkException(
                ErrorCodes.SourceMissing,
                $"there is no folder '{below}' in '{_shown}' at {options.Revision ?? "HEAD"} ({commit[..12]})",
                "check GitOptions.Repository and GitOptions.Revision; where it is gone for good, take the source out of the settings");
        }

        return new GitTree(folder, commit, tree, below, await TimeOfAsync(folder, commit, cancellationToken).ConfigureAwait(false));
    }

    /// <returns>The folder's path seen from the top of the repository; empty for the top, and for one without a work tree.</returns>
    private async Task<string> FindAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new TidemarkException(
                ErrorCodes.SourceMissing,
                $"there is no repository '{_shown}'",
                "check the path; one that is typed begins at the working directory, one of a file of settings at its folder");
        }

        var answer = await GitProgram.RunAsync(folder, NoWay, cancellationToken, "rev-parse", "--show-prefix").ConfigureAwait(false);
        return answer.ExitCode == 0 && !answer.Output.Any(char.IsControl) ? answer.Output.TrimEnd('/') : throw (answer.Complaint.Contains("dubious ownership", StringComparison.Ordinal)
            ? new TidemarkException(
                ErrorCodes.SourceUnreadable,
                $"the repository '{_shown}' belongs to somebody else, and git does not trust it",
                $"if you do: git config --global --add safe.directory '{folder}'")
            : new TidemarkException(
                ErrorCodes.SourceMissing, $"'{_shown}' is no repository of git: {answer.Complaint}", "name a repository, or a folder in its work tree"));
    }

    private TidemarkException NoCommit(bool hasOthers) => hasOthers || options.Revision is not null
        ? new(ErrorCodes.SourceMissing, $"there is no branch, tag or commit '{options.Revision}' in '{_shown}'", "check 'branch'")
        : new(ErrorCodes.SourceMissing, $"'{_shown}' has no commit yet", "commit something, or sync its folder");

    private static async Task<string?> IdOfAsync(string folder, string name, CancellationToken cancellationToken)
    {
        var answer = await GitProgram.RunAsync(
            folder, NoWay, cancellationToken, "rev-parse", "--verify", "--quiet", "--end-of-options", name).ConfigureAwait(false);
        return answer.ExitCode == 0 && answer.Output.Length is 40 or 64 && answer.Output.All(char.IsAsciiHexDigitLower) ? answer.Output : null;
    }

    private static async Task<string> TypeOfAsync(string folder, string id, CancellationToken cancellationToken) =>
        (await GitProgram.RunAsync(folder, NoWay, cancellationToken, "cat-file", "-t", id).ConfigureAwait(false)).Output;

    /// <summary>Not by <c>git log</c>, which a repository's configuration can have run a program.</summary>
    private static async Task<DateTimeOffset?> TimeOfAsync(string folder, string commit, CancellationToken cancellationToken)
    {
        var answer = await GitProgram.RunAsync(folder, NoWay, cancellationToken, "cat-file", "commit", commit).ConfigureAwait(false);
        var line = answer.Output.Split('\n').TakeWhile(line => line.Length > 0)
            .FirstOrDefault(line => line.StartsWith("committer ", StringComparison.Ordinal))?.Split(' ');
        return line is { Length: > 2 } && long.TryParse(line[^2], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }
}
