namespace Tidemark.Records;

/// <summary>A document that a golden query expects.</summary>
/// <param name="Document">Its id.</param>
/// <param name="Grade">How good an answer it is, from 1; 1 for all where only right and wrong are told apart.</param>
public readonly record struct GoldenAnswer(string Document, int Grade = 1)
{
    /// <summary>The highest grade.</summary>
    public const int MostGrade = 100;
}
