namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>States of a folder that follow each other: a first index, an update, a cleanup.</summary>
internal static class Corpus
{
    /// <summary>So many files of a few chunks each.</summary>
    public static void Create(Workspace work, int files)
    {
        for (var i = 0; i < files; i++)
        {
            work.Write(FileName(i), Prose.Markdown(i, sections: 3));
        }
    }

    /// <summary>Edits a fifth of the files, adds some, moves some.</summary>
    public static void Update(Workspace work, int files, int round)
    {
        for (var i = round % 5; i < files; i += 5)
        {
            if (File.Exists(work.PathOf(FileName(i))))
            {
                work.Write(FileName(i), Prose.Markdown(i, sections: 2) + Prose.Markdown((round * 10_000) + i, sections: 1));
            }
        }

        for (var i = 0; i < files / 20; i++)
        {
            work.Write($"docs/new-{round}/{i}.md", Prose.Markdown((round * 20_000) + i, sections: 2));
        }

        var moved = FileName(files - 1 - round);
        if (File.Exists(work.PathOf(moved)))
        {
            work.Move(moved, $"docs/moved-{round}.md");
        }
    }

    /// <summary>Deletes a third of the files.</summary>
    public static void Thin(Workspace work, int files)
    {
        for (var i = 1; i < files; i += 3)
        {
            work.Delete(FileName(i));
        }
    }

    private static string FileName(int i) => $"docs/{i % 7}/file-{i}.md";
}
