using System.Buffers.Text;
using System.Diagnostics;
using System.Text;

namespace Tidemark.Sources;

/// <summary>
/// Reads blobs through one <c>git cat-file --batch</c>, one after the other, for however many ask. Ended when nobody holds it any more.
/// </summary>
internal sealed class GitBlobs(string folder) : IDisposable
{
    /// <summary>What is larger than it may be is passed over, up to here; beyond it another process is cheaper.</summary>
    private const long MostSkipped = 1 << 20;

    private readonly SemaphoreSlim _turn = new(1);
    private Process? _process;
    private Task<string>? _complaint;
    private int _holds = 1;

    public void Hold() => Interlocked.Increment(ref _holds);

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holds) == 0)
        {
            Close();
            _turn.Dispose();
        }
    }

    /// <param name="name">An id, or <c>COMMIT:PATH</c>.</param>
    /// <param name="mostBytes">It is read only if it has no more.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <exception cref="IOException">git could not read it.</exception>
    public async Task<GitBlob> ReadAsync(string name, long mostBytes, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await AskAsync(name, mostBytes, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Close();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<GitBlob> AskAsync(string name, long mostBytes, CancellationToken cancellationToken)
    {
        if (_process is null)
        {
            _process = GitProgram.Start(folder, GitRepository.NoWay, ["cat-file", "--batch"]);
            _complaint = GitProgram.ReadEndAsync(_process, CancellationToken.None);
        }

        var (input, output) = (_process.StandardInput.BaseStream, _process.StandardOutput.BaseStream);
        await input.WriteAsync(Encoding.UTF8.GetBytes(name + "\n"), cancellationToken).ConfigureAwait(false);
        await input.FlushAsync(cancellationToken).ConfigureAwait(false);
        var header = await ReadHeaderAsync(output, cancellationToken).ConfigureAwait(false);
        var words = header.Split(' ');
        if (words is not [_, "blob", var digits] || !Utf8Parser.TryParse(Encoding.ASCII.GetBytes(digits), out long size, out _))
        {
            return header.EndsWith(" missing", StringComparison.Ordinal) ? GitBlob.Missing : throw new IOException($"git answers '{header}'");
        }

        if (size > mostBytes)
        {
            await PassOverAsync(output, size + 1, cancellationToken).ConfigureAwait(false);
            return new GitBlob(size, null);
        }

        var content = new byte[size];
        await output.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
        await output.ReadExactlyAsync(new byte[1], cancellationToken).ConfigureAwait(false);
        return new GitBlob(size, content);
    }

    private async Task<string> ReadHeaderAsync(Stream output, CancellationToken cancellationToken)
    {
        var line = new List<byte>(128);
        var one = new byte[1];
        while (await output.ReadAsync(one, cancellationToken).ConfigureAwait(false) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. line]);
            }

            line.Add(one[0]);
        }

        throw new IOException($"git ended: {await _complaint!.ConfigureAwait(false)}");
    }

    private async Task PassOverAsync(Stream output, long bytes, CancellationToken cancellationToken)
    {
        if (bytes > MostSkipped)
        {
            Close();
            return;
        }

        await output.ReadExactlyAsync(new byte[bytes], cancellationToken).ConfigureAwait(false);
    }

    private void Close()
    {
        if (_process is { } process)
        {
            GitProgram.End(process);
            process.Dispose();
            _process = null;
        }
    }
}

/// <summary>A blob.</summary>
/// <param name="Size">Of all of it; -1: it is not there.</param>
/// <param name="Content">Null: it is larger than what was asked for, or not there.</param>
internal readonly record struct GitBlob(long Size, byte[]? Content)
{
    public static GitBlob Missing => new(-1, null);
}
