using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Tidemark.Documents;

namespace Tidemark.Sources;

/// <summary>One listing of a tree, in the order of the bytes of the paths.</summary>
internal sealed class GitListing(GitOptions options)
{
    /// <summary>So much of what git lists is kept, so that it is asked once; of a larger tree it is asked again, and memory stays flat.</summary>
    private const int MostKept = 16 << 20;

    private static ReadOnlySpan<byte> Settings => "tidemark.json"u8;

    private readonly FileFilter _filter = new(options.Files);
    private readonly SortedDictionary<string, long> _notTaken = new(StringComparer.Ordinal);

    public async IAsyncEnumerable<ListingPage> PagesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tree = await new GitRepository(options).OpenAsync(cancellationToken).ConfigureAwait(false);
        using var blobs = new GitBlobs(tree.Folder);
        using var kept = new MemoryStream();
        var found = await SurveyAsync(tree, kept, cancellationToken).ConfigureAwait(false);
        var rules = await GitRules.LoadAsync(tree, found, blobs, options.NoIgnore, cancellationToken).ConfigureAwait(false);
        var folders = new GitFolders(_filter, rules, tree.Below);
        var reader = new GitReader(options, tree, blobs);
        using var again = kept.Length <= MostKept ? null : Start(tree);
        kept.Position = 0;
        var entries = new GitTreeReader(again is null ? kept : again.StandardOutput.BaseStream);
        try
        {
            for (var isLast = false; !isLast;)
            {
                var page = new GitPage(reader);
                isLast = await FillAsync(page, entries, folders, cancellationToken).ConfigureAwait(false);
                if (isLast)
                {
                    End(page);
                }

                yield return page;
            }
        }
        finally
        {
            if (again is not null)
            {
                GitProgram.End(again);
            }
        }
    }

    /// <summary>Asks git for the tree, and keeps what it says as long as it is not too much.</summary>
    /// <returns>The files with rules in it.</returns>
    private static async Task<List<GitRuleFile>> SurveyAsync(GitTree tree, MemoryStream kept, CancellationToken cancellationToken)
    {
        using var process = Start(tree);
        var found = new List<GitRuleFile>();
        try
        {
            var complaint = GitProgram.ReadEndAsync(process, cancellationToken);
            var entries = new GitTreeReader(new KeepingStream(process.StandardOutput.BaseStream, kept, MostKept));
            while (await entries.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (entries.Kind == GitEntryKind.File && GitRules.IsOne(entries.Path[(entries.Path.LastIndexOf((byte)'/') + 1)..]) && Utf8.IsValid(entries.Path))
                {
                    var above = tree.Below.Length == 0 ? "" : tree.Below + "/";
                    found.Add(new GitRuleFile(above + Encoding.UTF8.GetString(entries.Path), Encoding.ASCII.GetString(entries.Id)));
                }
            }

            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            var said = await complaint.ConfigureAwait(false);
            return process.ExitCode == 0 ? found : throw new InvalidDataException(said);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new TidemarkException(
                ErrorCodes.SourceUnreadable, $"the tree of {tree.Commit[..12]} cannot be listed: {e.Message}", "run 'git fsck' in the repository", e);
        }
        finally
        {
            GitProgram.End(process);
        }
    }

    private static Process Start(GitTree tree)
    {
        var process = GitProgram.Start(tree.Folder, GitRepository.NoWay, ["ls-tree", "-r", "-z", "--full-tree", tree.Tree]);
        process.StandardInput.Close();
        return process;
    }

    /// <returns>True: there is no more.</returns>
    private async Task<bool> FillAsync(GitPage page, GitTreeReader entries, GitFolders folders, CancellationToken cancellationToken)
    {
        while (!page.IsFull)
        {
            if (!await entries.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                return true;
            }

            if (Take(page, entries, folders) is { } item
                && !(folders.IsLarge && await IsPointerAsync(page.Reader, item, cancellationToken).ConfigureAwait(false)))
            {
                page.Add(item, page.Reader.TokenOf(item.Below, entries.Id));
            }
        }

        return false;
    }

    /// <summary>A file that its attributes leave to git LFS may be there as it is all the same; a pointer is short.</summary>
    private async Task<bool> IsPointerAsync(GitReader reader, GitItem item, CancellationToken cancellationToken)
    {
        try
        {
            var blob = await reader.Blobs.ReadAsync(item.Blob, GitPointer.Longest, cancellationToken).ConfigureAwait(false);
            if (blob.Content is { } content && GitPointer.Is(content))
            {
                LeaveOut("lfs");
                return true;
            }
        }
        catch (IOException)
        {
            // It is told when it is read.
        }

        return false;
    }

    private GitItem? Take(GitPage page, GitTreeReader entry, GitFolders folders)
    {
        var path = entry.Path;
        folders.MoveTo(path);
        var name = path[(path.LastIndexOf((byte)'/') + 1)..];
        if (!folders.IsEntered || HiddenName.Is(name))
        {
            return null;
        }

        var isFile = entry.Kind == GitEntryKind.File;
        var isTaken = entry.Kind == GitEntryKind.Submodule ? _filter.EntersFolder(path) : _filter.TakesFile(path);
        if (isTaken && !folders.IsIgnored(isFolder: entry.Kind == GitEntryKind.Submodule))
        {
            var shown = $"{options.Name}/{DisplayName.Of(path)}";
            if (!isFile)
            {
                LeaveOut(entry.Kind switch { GitEntryKind.Link => "link", GitEntryKind.Submodule => "submodule", _ => "special" });
            }
            else if (!Utf8.IsValid(path))
            {
                page.FailureList.Add(new ItemFailure(
                    shown, ErrorCodes.SourceName, $"the name '{shown}' is not UTF-8", "rename it, or exclude it", HidesDocuments: false));
            }
            else
            {
                return new GitItem($"{options.Name}/{Encoding.UTF8.GetString(path)}", path.ToArray(), Encoding.ASCII.GetString(entry.Id), shown);
            }
        }
        else if (isFile && !isTaken && !name.SequenceEqual(Settings) && _filter.EndingNotKnown(path) is { } ending && !folders.IsIgnored(isFolder: false))
        {
            LeaveOut(ending);
        }

        return null;
    }

    private void LeaveOut(string kind) => _notTaken[kind] = _notTaken.GetValueOrDefault(kind) + 1;

    private void End(GitPage page)
    {
        page.LeftOut = _notTaken;
        if (_notTaken.TryGetValue("lfs", out var pointers))
        {
            page.Warn(new ItemWarning(
                options.Name,
                ErrorCodes.SourcePointer,
                $"{pointers} {(pointers == 1 ? "file is" : "files are")} kept by git LFS elsewhere, and the tree has only pointers to them",
                "sync the folder of a checkout in which 'git lfs pull' was run, or exclude them"));
        }
    }

    /// <summary>Keeps what is read through it, up to a limit and one byte, so that it shows.</summary>
    private sealed class KeepingStream(Stream inner, MemoryStream kept, int most) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (kept.Length <= most)
            {
                kept.Write(buffer.Span[..read]);
            }

            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
