package record

func helper(dir string) {}
