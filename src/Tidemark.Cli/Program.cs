System.Console.WriteLine("tidemark");
