using System.Security.Cryptography;
using System.Text;

namespace Tidemark.Sources;

/// <summary>Repositories that lie elsewhere, fetched into a folder of the user: of each the newest commit of what was asked for, without a work tree.</summary>
internal sealed class GitCache(GitOptions options)
{
    private const string Ways = "https:http:ssh:git:file";
    private const string Usual = "sha1";

    /// <summary>By the newer and the older of git's protocols.</summary>
    private static readonly string[] Mismatches = ["mismatched algorithms", "object format"];

    /// <summary>Somebody else who fetches the same is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly string _shown = GitAddress.WithoutSecrets(options.Repository);

    /// <returns>The folder, and the name by which it has what was asked for.</returns>
    public async Task<(string Folder, string Revision)> FetchAsync(CancellationToken cancellationToken)
    {
        var above = options.CacheFolder ?? Default();
        var folder = Path.Combine(above, Hash(options.Repository));
        try
        {
            Directory.CreateDirectory(above);
            if (!OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            using var alone = await LockAsync(Path.Combine(above, $"{Hash(options.Repository)}.lock"), cancellationToken).ConfigureAwait(false);
            return (folder, await FetchAsync(folder, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TidemarkException(
                ErrorCodes.SourceUnreadable,
                $"'{_shown}' cannot be kept in '{folder}': {e.Message}",
                "make that folder writable for this user, or set XDG_CACHE_HOME to another one",
                e);
        }
    }

    private async Task<string> FetchAsync(string folder, CancellationToken cancellationToken)
    {
        var wanted = options.Revision ?? "HEAD";
        var kept = $"refs/tidemark/{Hash(wanted)[..32]}";
        string[] fetch =
        [
            "fetch", "--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--force", "--end-of-options",
            options.Repository, $"+{wanted}:{kept}",
        ];
        if (!File.Exists(Path.Combine(folder, "HEAD")))
        {
            Require(await MakeAsync(folder, Usual, cancellationToken).ConfigureAwait(false));
        }

        var answer = await RunAsync(folder, Ways, cancellationToken, fetch).ConfigureAwait(false);
        if (answer.ExitCode != 0 && Mismatches.Any(phrase => answer.Complaint.Contains(phrase, StringComparison.Ordinal)))
        {
            // Only the other side knows by which hashes its objects are named.
            var format = await RunAsync(folder, GitRepository.NoWay, cancellationToken, "rev-parse", "--show-object-format").ConfigureAwait(false);
            Clear(folder);
            Require(await MakeAsync(folder, format.Output == Usual ? "sha256" : Usual, cancellationToken).ConfigureAwait(false));
            answer = await RunAsync(folder, Ways, cancellationToken, fetch).ConfigureAwait(false);
        }

        Require(answer);
        return kept;
    }

    private static Task<GitAnswer> MakeAsync(string folder, string format, CancellationToken cancellationToken) =>
        RunAsync(folder, GitRepository.NoWay, cancellationToken, "init", "--quiet", "--bare", "--template=", $"--object-format={format}", ".");

    private static void Clear(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(file, FileAttributes.Normal);
            File.Delete(file);
        }

        foreach (var below in Directory.EnumerateDirectories(folder))
        {
            Directory.Delete(below, recursive: true);
        }
    }

    private static Task<GitAnswer> RunAsync(string folder, string ways, CancellationToken cancellationToken, params string[] arguments) =>
        GitProgram.RunAsync(folder, ways, cancellationToken, ["--git-dir=.", .. arguments]);

    private void Require(GitAnswer answer)
    {
        if (answer.ExitCode == 0)
        {
            return;
        }

        var said = answer.Complaint.Replace(options.Repository, _shown, StringComparison.Ordinal);
        throw said.Contains("couldn't find remote ref", StringComparison.Ordinal)
            ? new TidemarkException(
                ErrorCodes.SourceMissing,
                $"there is no branch or tag '{options.Revision ?? "HEAD"}' in '{_shown}'",
                "check 'branch'; a commit is named by its whole id")
            : new TidemarkException(
                ErrorCodes.SourceUnreadable,
                $"'{_shown}' cannot be fetched: {said}",
                "check the address and that this user may read it: git asks nobody for a password here, so use a credential helper or a key without one");
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < Patience && File.Exists(path))
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <exception cref="TidemarkException"><c>source.unreadable</c>: this user has no folder.</exception>
    private static string Default()
    {
        var named = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var above = Path.IsPathRooted(named) ? named
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : home.Length > 0 ? Path.Combine(home, ".cache")
            : throw new TidemarkException(ErrorCodes.SourceUnreadable, "this user has no home folder to keep a repository in", "set XDG_CACHE_HOME");
        return Path.Combine(above, "tidemark", "git");
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
