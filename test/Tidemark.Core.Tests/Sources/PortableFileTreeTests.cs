using System.Text;
using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources;

public sealed class PortableFileTreeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>On Windows a file may be called as a device is (<c>nul.md</c>), and the device is what opens.</summary>
    [Fact]
    public void What_opens_and_has_no_length_is_a_fault_of_this_file()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a pipe is made with the means of Linux");
        Shell.Run(_folder.Root, "mkfifo pipe.md");
        using var writer = new FileStream(_folder.Path("pipe.md"), FileMode.Open, FileAccess.ReadWrite); // opens for both without waiting
        var tree = new PortableFileTree();

        using var device = tree.OpenFile(Encoding.UTF8.GetBytes(_folder.Path("pipe.md")), out _);

        tree.Look(device.ShouldNotBeNull(), out _).ShouldNotBeNull().Kind.ShouldBe(FileFaultKind.Other);
    }

    /// <summary>It may have taken a file's place since the folder was listed, and nobody may ever write to it.</summary>
    [Fact(Timeout = 60_000)]
    public async Task A_pipe_that_nobody_writes_to_is_opened_without_waiting_and_is_no_file()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a pipe is made with the means of Linux");
        Shell.Run(_folder.Root, "mkfifo pipe.md");
        var tree = new PortableFileTree();

        // On a thread of its own, for an open that waits cannot be called off.
        var opened = await Task.Run(
            () => tree.OpenFile(Encoding.UTF8.GetBytes(_folder.Path("pipe.md")), out _), TestContext.Current.CancellationToken);

        using (opened.ShouldNotBeNull())
        {
            tree.Look(opened, out _).ShouldNotBeNull().Kind.ShouldBe(FileFaultKind.Other);
        }
    }

    [Fact]
    public void What_is_looked_at_by_its_name_is_told_from_a_file()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a pipe is made with the means of Linux");
        Shell.Run(_folder.Root, "mkfifo pipe.md");
        _folder.Write("a.md");
        var tree = new PortableFileTree();

        tree.Look(Encoding.UTF8.GetBytes(_folder.Path("pipe.md")), follow: false, out var pipe).ShouldBeNull();
        tree.Look(Encoding.UTF8.GetBytes(_folder.Path("a.md")), follow: false, out var file).ShouldBeNull();

        (pipe.Kind, file.Kind).ShouldBe((EntryKind.Other, EntryKind.File));
    }
}
